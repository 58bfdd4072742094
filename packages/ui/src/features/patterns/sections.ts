import type { PatternsAnswer } from "@log-service/sdk";
import type { PatternOrder } from "../../view/view.ts";

export type Pattern = PatternsAnswer["patterns"][number];

type Change = NonNullable<Pattern["change"]>;

/** The same column turns round; another begins with what is most, newest or worst. */
export const nextOrder = (order: PatternOrder, key: PatternOrder["key"]): PatternOrder => ({
  key,
  isAscending: order.key === key && !order.isAscending,
});

/** What is gone has no count of its own any more: then what it was. */
export const weightOf = ({ change, before, count, share }: Pattern) =>
  change === "gone" && before ? before : { count, share };

const ranks: Readonly<Record<PatternOrder["key"], (pattern: Pattern) => readonly number[]>> = {
  count: (pattern) => [weightOf(pattern).count],
  share: (pattern) => [weightOf(pattern).share],
  // The worst first, and of those that are as bad the most frequent.
  severity: ({ severities: { error, warning, info } }) => [error, warning, info],
  firstSeen: ({ firstSeen }) => [Date.parse(firstSeen)],
  lastSeen: ({ lastSeen }) => [Date.parse(lastSeen)],
};

/** Sorts by a column; those that are equal in it keep the order of the answer. */
export const sortPatterns = (
  patterns: readonly Pattern[],
  { key, isAscending }: PatternOrder,
): readonly Pattern[] => {
  const rank = ranks[key];
  const compare = (a: Pattern, b: Pattern): number => {
    const other = rank(b);
    const difference = rank(a).map((value, index) => value - (other[index] ?? 0));
    return difference.find((value) => value !== 0) ?? 0;
  };
  const sign = isAscending ? 1 : -1;
  return patterns.toSorted((a, b) => sign * compare(a, b));
};

export interface Section {
  /** Nothing where ranges are not compared. */
  readonly change: Change | undefined;
  readonly patterns: readonly Pattern[];
  /** How many entries they have together: in the range before for what is gone. */
  readonly count: number;
}

const changes = ["new", "gone", "grown", "shrunk", "same"] as const satisfies readonly Change[];

const sectionOf = (
  change: Change | undefined,
  patterns: readonly Pattern[],
  order: PatternOrder,
): Section => ({
  change,
  patterns: sortPatterns(patterns, order),
  count: patterns.reduce((sum, pattern) => sum + weightOf(pattern).count, 0),
});

/** One section for each change, what is new first; empty ones are left out. */
export const sectionsOf = (
  patterns: readonly Pattern[],
  order: PatternOrder,
): readonly Section[] => {
  const byChange = Map.groupBy(patterns, ({ change }) => change);
  return [undefined, ...changes].flatMap((change) => {
    const those = byChange.get(change);
    return those ? [sectionOf(change, those, order)] : [];
  });
};
