import { Counted } from "./counted.tsx";
import styles from "./histogram.module.css";

/** The matching entries over the time of the view, by severity. */
export const Histogram = () => (
  <section aria-label="Entries over time" className={styles.histogram}>
    <Counted />
  </section>
);
