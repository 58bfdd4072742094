import { lazy, Suspense } from "react";
import styles from "./histogram.module.css";
import { Waiting } from "./waiting.tsx";

// The place is kept, so that entries, which are asked for at the same time, need not wait for what draws the bars.
const Counted = lazy(async () => ({ default: (await import("./counted.tsx")).Counted }));

/** The matching entries over the time of the view, by severity. */
export const Histogram = () => (
  <section aria-label="Entries over time" className={styles.histogram}>
    <Suspense fallback={<Waiting />}>
      <Counted />
    </Suspense>
  </section>
);
