import { lazy, useEffect } from "react";
import { useClient } from "../client/client-provider.tsx";
import { Spinner } from "../components/spinner.tsx";
import shared from "../design/shared.module.css";
import { EntryList } from "../features/entries/entry-list.tsx";
import { ExportMenu } from "../features/export/export-menu.tsx";
import { FieldsPanel } from "../features/fields/fields-panel.tsx";
import { Histogram } from "../features/histogram/histogram.tsx";
import { QueryBox } from "../features/query-box/query-box.tsx";
import { SavedSearches } from "../features/saved/saved-searches.tsx";
import { TimeRangePicker } from "../features/time-range/time-range-picker.tsx";
import { useShortcuts } from "../keyboard/use-shortcuts.ts";
import { usePreferences } from "../preferences/preferences-provider.tsx";
import { useView } from "../view/view-provider.tsx";
import styles from "./app.module.css";
import { Fetched } from "./fetched.tsx";
import { OfflineBanner } from "./offline-banner.tsx";
import { titleOf } from "./title.ts";
import { TopBar } from "./top-bar.tsx";

// What the first view does not show is fetched when it is opened.
const Live = lazy(async () => ({ default: (await import("../features/live/live.tsx")).Live }));
const Patterns = lazy(async () => ({
  default: (await import("../features/patterns/patterns.tsx")).Patterns,
}));
const Chart = lazy(async () => ({ default: (await import("../features/chart/chart.tsx")).Chart }));
const SignIn = lazy(async () => ({
  default: (await import("../features/access/sign-in.tsx")).SignIn,
}));
const ContextDialog = lazy(async () => ({
  default: (await import("../features/entries/context-dialog.tsx")).ContextDialog,
}));

const Explore = () => (
  <div className={shared.pane}>
    <Histogram />
    <EntryList />
  </div>
);

const panes = { entries: Explore, live: Live, patterns: Patterns, chart: Chart };

const focusQuery = () =>
  document.querySelector<HTMLElement>("search :is(textarea, input, [contenteditable])")?.focus();

const useKeys = () => {
  const { show, refresh } = useView();
  const { preferences, prefer } = usePreferences();
  useShortcuts({
    "/": focusQuery,
    r: refresh,
    e: () => show({ tab: "entries" }),
    l: () => show({ tab: "live" }),
    p: () => show({ tab: "patterns" }),
    g: () => show({ tab: "chart" }),
    f: () => prefer({ showsFields: !preferences.showsFields }),
  });
};

const Page = () => {
  const { view } = useView();
  useKeys();
  const Pane = panes[view.tab];
  return (
    <div className={styles.app}>
      <TopBar />
      <OfflineBanner />
      <search className={styles.search}>
        <QueryBox />
        <TimeRangePicker />
        <div className={styles.tools}>
          <SavedSearches />
          <ExportMenu />
        </div>
      </search>
      <main className={styles.main}>
        <FieldsPanel />
        <Fetched key={view.tab} waiting={<Spinner label="Loading" />}>
          <Pane />
        </Fetched>
      </main>
      {view.context && (
        <Fetched>
          <ContextDialog key={view.context} logId={view.context} />
        </Fetched>
      )}
    </div>
  );
};

/** The whole page, or what it takes to see it. */
export const App = () => {
  const { refusal } = useClient();
  const { view } = useView();
  const { zone } = usePreferences().preferences;
  const title = refusal ? "Sign in · Logs" : titleOf(view, zone);
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (!refusal) return <Page />;
  return (
    <Fetched>
      <SignIn />
    </Fetched>
  );
};
