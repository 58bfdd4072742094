import type { Filter } from "@log-service/query";
import { pageBytesMax } from "../entry/limits.ts";
import { renderEntry } from "../entry/render-entry.ts";
import { createEvaluator, type Evaluator } from "../evaluate/evaluate.ts";
import { findEntry } from "./get.ts";
import { renderFound } from "./render-found.ts";
import { scanPage } from "./scan-page.ts";
import type { SearchDeps } from "./search.ts";
import type { Order } from "./select.ts";
import { collectWarnings, type Warning } from "./warning.ts";

export interface ContextRequest {
  readonly logId: string;
  /** How many older and newer neighbours: 0..500. */
  readonly before: number;
  readonly after: number;
  /** Which entries count as neighbours; the entry itself need not match. */
  readonly filter: Filter;
  readonly signal?: AbortSignal | undefined;
}

/** Lines of wire JSON, in total order: the oldest first. */
export interface Context {
  readonly before: readonly string[];
  readonly entry: string;
  readonly after: readonly string[];
  /** False when the budget ran out, or the neighbours became too large, before all were there. */
  readonly isComplete: boolean;
  readonly warnings: readonly Warning[];
}

/** Beyond every timestamp that can be stored, and still a safe integer. */
const farFuture = 2 ** 48;

interface Side {
  readonly order: Order;
  readonly limit: number;
  readonly from: number;
  readonly to: number;
}

/** Finds an entry and its neighbours. Throws ENTRY_NOT_FOUND. */
export const context = async (
  deps: SearchDeps & { readonly oldest: number },
  tenant: string,
  request: ContextRequest,
): Promise<Context> => {
  const { logId, before, after, signal } = request;
  const entry = await findEntry(deps, tenant, logId, { signal });
  const evaluator: Evaluator = createEvaluator(request.filter);
  const place = { time: entry.timestamp, id: entry.logId, isInclusive: false };
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  let isBudgetSpent = false;
  let isCut = false;
  const readSide = async ({ limit, ...side }: Side): Promise<string[]> => {
    if (limit === 0) return [];
    const selection = { ...side, evaluator, place, limit };
    const page = await scanPage(deps, { tenant, selection, startAt: undefined, signal, onDamage });
    const lines = renderFound(page.found, pageBytesMax / 2);
    isBudgetSpent ||= page.isBudgetSpent;
    isCut ||= lines.length < page.found.length;
    return lines;
  };
  const { timestamp } = entry;
  const older = { order: "newest", limit: before, from: deps.oldest, to: timestamp + 1 } as const;
  const newer = { order: "oldest", limit: after, from: timestamp, to: farFuture } as const;
  const linesBefore = await readSide(older);
  const linesAfter = await readSide(newer);
  if (isBudgetSpent)
    warnings.push({
      code: "BUDGET_SPENT",
      message: "the search stopped before all neighbours were found; ask for fewer",
    });
  return {
    before: linesBefore.toReversed(),
    entry: renderEntry(entry),
    after: linesAfter,
    isComplete: !(isBudgetSpent || isCut),
    warnings,
  };
};
