import type { Severity } from "../entry/entry.ts";
import { createEvaluator } from "../evaluate/evaluate.ts";
import {
  type Change,
  changeOf,
  createMasker,
  createShapes,
  groupShapes,
  hashOfPattern,
  queryOfPattern,
  regroup,
  type Shapes,
  shapesOfChunk,
  type Tally,
} from "../patterns/index.ts";
import type { RangeRequest } from "./fields.ts";
import { scanRange } from "./scan-range.ts";
import type { SearchDeps } from "./search.ts";
import { collectWarnings, type Warning } from "./warning.ts";

/** Milliseconds since 1970: from inclusive, to exclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

export interface PatternsRequest extends RangeRequest {
  /** How many patterns. */
  readonly top: number;
  /** Another range, to which this one is compared. */
  readonly compareTo: Range | undefined;
}

export interface Portion {
  readonly count: number;
  /** 0..1 of all entries that match in its range. */
  readonly share: number;
}

export interface PatternSummary extends Portion {
  readonly pattern: string;
  /** Of the text of the pattern. */
  readonly hash: string;
  /** Finds all entries of the pattern, and perhaps others with the same words. */
  readonly query: string;
  /** Milliseconds since 1970. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly severities: Readonly<Record<Severity, number>>;
  /** The newest. */
  readonly example: Tally["example"];
  /** Where ranges are compared. What is gone tells the other range's times, severities and example. */
  readonly change: Change | undefined;
  readonly before: Portion | undefined;
}

export interface Patterns {
  /** The most frequent first; where ranges are compared what is new, gone, grown, shrunk, then the rest. */
  readonly patterns: readonly PatternSummary[];
  /** The entries of the range whose pattern is not listed. */
  readonly other: Portion;
  readonly total: number;
  readonly isComplete: boolean;
  readonly warnings: readonly Warning[];
}

/** What a scan of one range found. */
interface Scanned {
  readonly shapes: Shapes;
  readonly isComplete: boolean;
}

const totalOf = ({ tallies, otherCount }: Shapes): number =>
  [...tallies.values()].reduce((sum, { count }) => sum + count, otherCount);

/** The pattern of each shape, found from those of both ranges, so that the same shape has the same pattern in both. */
const patternsOfShapes = (all: readonly Shapes[]): ReadonlyMap<string, string> => {
  const counts = new Map<string, number>();
  for (const { tallies } of all)
    for (const [shape, { count }] of tallies) counts.set(shape, (counts.get(shape) ?? 0) + count);
  return groupShapes([...counts].map(([shape, count]) => ({ shape, count })));
};

const portion = (count: number, total: number): Portion => ({
  count,
  share: total === 0 ? 0 : count / total,
});

const changes: readonly (Change | undefined)[] = ["new", "gone", "grown", "shrunk", "same"];

/** A pattern with its tallies in both ranges. */
interface Found {
  readonly pattern: string;
  readonly now: Tally | undefined;
  readonly before: Tally | undefined;
  readonly change: Change | undefined;
}

const byInterest = (a: Found, b: Found): number =>
  changes.indexOf(a.change) - changes.indexOf(b.change) ||
  (b.now?.count ?? 0) - (a.now?.count ?? 0) ||
  (b.before?.count ?? 0) - (a.before?.count ?? 0) ||
  (a.pattern < b.pattern ? -1 : 1);

const findPatterns = (now: Shapes, before: Shapes | undefined): Found[] => {
  const patternOf = patternsOfShapes(before === undefined ? [now] : [now, before]);
  const ofNow = regroup(now.tallies, patternOf);
  const ofBefore = regroup(before?.tallies ?? new Map(), patternOf);
  const [total, totalBefore] = [totalOf(now), before && totalOf(before)];
  const names = new Set([...ofNow.keys(), ...ofBefore.keys()]);
  const found = Array.from(names, (pattern): Found => {
    const [mine, others] = [ofNow.get(pattern), ofBefore.get(pattern)];
    const change =
      totalBefore === undefined
        ? undefined
        : changeOf(
            { count: mine?.count ?? 0, total },
            { count: others?.count ?? 0, total: totalBefore },
          );
    return { pattern, now: mine, before: others, change };
  });
  return found.sort(byInterest);
};

const summarize = (
  { pattern, now, before, change }: Found,
  total: number,
  totalBefore: number | undefined,
): PatternSummary => {
  // At least one of the two ranges has it.
  const { firstTime, lastTime, severities, example } = (now ?? before)!;
  const [info, warning, error] = severities;
  return {
    pattern,
    hash: hashOfPattern(pattern),
    query: queryOfPattern(pattern),
    ...portion(now?.count ?? 0, total),
    firstSeen: firstTime,
    lastSeen: lastTime,
    severities: { info, warning, error },
    example,
    change,
    before: totalBefore === undefined ? undefined : portion(before?.count ?? 0, totalBefore),
  };
};

const budgetWarning: Warning = {
  code: "BUDGET_SPENT",
  message: "the budget ran out before the whole range was read; its newest part is counted",
};

const limitWarning: Warning = {
  code: "GROUPS_LIMITED",
  message: "there are more shapes of messages than can be kept apart; the rarest are in other",
};

/** Groups the messages of a range by their shape, and compares them with those of another range when that is asked. */
export const patterns = async (
  deps: SearchDeps,
  tenant: string,
  { filter, from, to, signal, top, compareTo }: PatternsRequest,
): Promise<Patterns> => {
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  const evaluator = createEvaluator(filter);
  const masker = createMasker();
  const scan = async (range: Range): Promise<Scanned> => {
    const shapes = createShapes();
    const plan = { ...range, tenant, evaluator, order: "newest" as const, signal, onDamage };
    const { isComplete } = await scanRange(deps, plan, (reader, matching) => {
      if (matching.size > 0) shapes.add(shapesOfChunk(reader, matching, masker));
    });
    return { shapes, isComplete };
  };
  const now = await scan({ from, to });
  const before = compareTo && (await scan(compareTo));
  const found = findPatterns(now.shapes, before?.shapes);
  const total = totalOf(now.shapes);
  const totalBefore = before && totalOf(before.shapes);
  const listed = found.slice(0, top);
  const listedCount = listed.reduce((sum, one) => sum + (one.now?.count ?? 0), 0);
  const isComplete = now.isComplete && before?.isComplete !== false;
  if (!isComplete) warnings.push(budgetWarning);
  if (now.shapes.otherCount > 0 || (before && before.shapes.otherCount > 0))
    warnings.push(limitWarning);
  return {
    patterns: listed.map((one) => summarize(one, total, totalBefore)),
    other: portion(total - listedCount, total),
    total,
    isComplete,
    warnings,
  };
};
