import { lazy, Suspense } from "react";
import { EntryList } from "../features/entries/entry-list.tsx";
import { ExportMenu } from "../features/export/export-menu.tsx";
import { FieldsPanel } from "../features/fields/fields-panel.tsx";
import { HelpDialog } from "../features/help/help-dialog.tsx";
import { Histogram } from "../features/histogram/histogram.tsx";
import { QueryBox } from "../features/query-box/query-box.tsx";
import { SavedSearches } from "../features/saved/saved-searches.tsx";
import { TimeRangePicker } from "../features/time-range/time-range-picker.tsx";
import { useView } from "../view/view-provider.tsx";
import styles from "./app.module.css";

// What the first view does not show is fetched when it is opened.
const Live = lazy(async () => ({ default: (await import("../features/live/live.tsx")).Live }));
const Patterns = lazy(async () => ({
  default: (await import("../features/patterns/patterns.tsx")).Patterns,
}));
const Chart = lazy(async () => ({ default: (await import("../features/chart/chart.tsx")).Chart }));

const Explore = () => (
  <>
    <Histogram />
    <EntryList />
  </>
);

const panes = { entries: Explore, live: Live, patterns: Patterns, chart: Chart };

/** The whole page. */
export const App = () => {
  const { view } = useView();
  const Pane = panes[view.tab];
  return (
    <div className={styles.app}>
      <header className={styles.search}>
        <QueryBox />
        <TimeRangePicker />
        <SavedSearches />
        <ExportMenu />
      </header>
      <main className={styles.main}>
        <FieldsPanel />
        <Suspense fallback={null}>
          <Pane />
        </Suspense>
      </main>
      <HelpDialog />
    </div>
  );
};
