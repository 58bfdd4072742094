import type { PatternsAnswer } from "@log-service/sdk";
import { useCallback, useRef, useState } from "react";
import shared from "../../design/shared.module.css";
import { countOf } from "../../format/number.ts";
import { useShortcuts } from "../../keyboard/use-shortcuts.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { useView } from "../../view/view-provider.tsx";
import { formatWindow } from "./comparison.ts";
import { PatternRow } from "./pattern-row.tsx";
import styles from "./pattern-table.module.css";
import { nextOrder, type Section, sectionsOf, weightOf } from "./sections.ts";

const columns = [
  ["count", "Count"],
  ["share", "Share"],
  ["severity", "Severity"],
  [undefined, "Pattern"],
  ["firstSeen", "First seen"],
  ["lastSeen", "Last seen"],
] as const;

const Header = () => {
  const { view, show } = useView();
  const { order } = view;
  const direction = order.isAscending ? "ascending" : "descending";
  return (
    <thead className={styles.header}>
      <tr>
        {columns.map(([key, label]) => (
          <th key={label} scope="col" aria-sort={key === order.key ? direction : undefined}>
            {key ? (
              <button
                type="button"
                className={styles.sort}
                onClick={() => show({ order: nextOrder(order, key) })}
              >
                {label}
              </button>
            ) : (
              label
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
};

const titleOf = {
  new: "New",
  gone: "Gone",
  grown: "Grown",
  shrunk: "Shrunk",
  same: "Same",
} as const;

const meaningOf = (change: keyof typeof titleOf, before: string): string =>
  ({
    new: `not there ${before}`,
    gone: `there only ${before}; times and severities are those of then`,
    grown: `at least half as much again as ${before}, by share`,
    shrunk: `down to two thirds or less of ${before}, by share`,
    same: `much as ${before}`,
  })[change];

const SectionTitle = ({ section, before }: { section: Section; before: string }) => {
  const { change, patterns, count } = section;
  if (change === undefined) return null;
  return (
    <tr className={styles.section} data-change={change}>
      <th colSpan={6} scope="rowgroup">
        <span className={styles.badge}>{titleOf[change]}</span>
        <span className={styles.sectionCount}>
          {countOf(patterns.length, "pattern", "patterns")}, {countOf(count, "entry", "entries")}
        </span>
        <span className={styles.meaning}>{meaningOf(change, before)}</span>
      </th>
    </tr>
  );
};

/** Moves the focus among the patterns by the keys of the page. */
const useRowFocus = () => {
  const table = useRef<HTMLTableElement>(null);
  const move = (step: 1 | -1) => {
    const rows = [...(table.current?.querySelectorAll<HTMLElement>("th > [aria-expanded]") ?? [])];
    const place = rows.findIndex((row) => row.matches(":focus"));
    // The first step leads to the first row, whichever way.
    rows[place < 0 ? 0 : place + step]?.focus();
  };
  useShortcuts({ j: () => move(1), k: () => move(-1) });
  return table;
};

/** All patterns, in sections where two ranges are compared. */
export const PatternTable = ({ answer }: { readonly answer: PatternsAnswer }) => {
  const { zone } = usePreferences().preferences;
  const { order } = useView().view;
  const [opened, setOpened] = useState<string>();
  const toggle = useCallback(
    (hash: string) => setOpened((open) => (open === hash ? undefined : hash)),
    [],
  );
  const table = useRowFocus();
  const { patterns, compareTo } = answer;
  const shareMax = Math.max(...patterns.map((one) => Math.max(weightOf(one).share, one.share)));
  const before = compareTo ? formatWindow(compareTo, zone, answer.to) : "";
  return (
    <table ref={table} className={styles.table}>
      <caption className={shared.unseen}>Patterns of messages</caption>
      <Header />
      {sectionsOf(patterns, order).map((section) => (
        <tbody key={section.change ?? "all"}>
          <SectionTitle section={section} before={before} />
          {section.patterns.map((pattern) => (
            <PatternRow
              key={pattern.hash}
              pattern={pattern}
              isOpen={opened === pattern.hash}
              onToggle={toggle}
              range={section.change === "gone" ? (compareTo ?? answer) : answer}
              shareMax={shareMax}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
};
