import { expect, it } from "vitest";
import { viewDefault } from "../../view/view.ts";
import { nextOrder, type Pattern, sectionsOf, sortPatterns } from "./sections.ts";

const { order } = viewDefault;

const pattern = (hash: string, more: Partial<Pattern> = {}): Pattern => ({
  pattern: hash,
  hash,
  query: hash,
  count: 1,
  share: 0.1,
  firstSeen: "2026-11-22T08:00:00.000Z",
  lastSeen: "2026-11-22T09:00:00.000Z",
  severities: { info: 1, warning: 0, error: 0 },
  example: { logId: "x", message: hash },
  ...more,
});

const hashes = (patterns: readonly Pattern[]) => patterns.map(({ hash }) => hash).join("");

const patterns = [
  pattern("a", {
    count: 5,
    share: 0.5,
    severities: { info: 0, warning: 5, error: 0 },
    firstSeen: "2026-11-22T08:30:00.000Z",
  }),
  pattern("b", { count: 3, share: 0.3, lastSeen: "2026-11-22T08:59:00.000Z" }),
  pattern("c", { severities: { info: 0, warning: 0, error: 1 } }),
  pattern("d"),
];

it.each([
  ["count", "abcd", "cdba"],
  ["share", "abcd", "cdba"],
  ["severity", "cabd", "bdac"],
  ["firstSeen", "abcd", "bcda"],
  ["lastSeen", "acdb", "bacd"],
] as const)("sorts by %s", (key, falling, rising) => {
  expect(hashes(sortPatterns(patterns, { key, isAscending: false }))).toBe(falling);
  expect(hashes(sortPatterns(patterns, { key, isAscending: true }))).toBe(rising);
});

it("turns the same column round, and begins another with the most", () => {
  const turned = nextOrder(order, "count");
  expect(turned).toEqual({ key: "count", isAscending: true });
  expect(nextOrder(turned, "count")).toEqual(order);
  expect(nextOrder(turned, "severity")).toEqual({ key: "severity", isAscending: false });
});

it("has one section without a comparison", () => {
  expect(sectionsOf(patterns, order)).toEqual([{ change: undefined, patterns, count: 10 }]);
  expect(sectionsOf([], order)).toEqual([]);
});

it("begins with what is new, leaves empty sections out, and weighs what is gone by what it was", () => {
  const compared = [
    pattern("s", { change: "same", count: 9 }),
    pattern("g", { change: "gone", count: 0, share: 0, before: { count: 2, share: 0.1 } }),
    pattern("h", { change: "gone", count: 0, share: 0, before: { count: 7, share: 0.4 } }),
    pattern("n", { change: "new", count: 4, before: { count: 0, share: 0 } }),
  ];
  const sections = sectionsOf(compared, order);
  expect(sections.map(({ change, count }) => [change, count])).toEqual([
    ["new", 4],
    ["gone", 9],
    ["same", 9],
  ]);
  expect(sections.map(({ patterns: those }) => hashes(those))).toEqual(["n", "hg", "s"]);
});
