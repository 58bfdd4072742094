import type { Filter } from "@log-service/query";
import { pageBytesMax } from "../entry/limits.ts";
import { createEvaluator } from "../evaluate/evaluate.ts";
import type { Damage } from "../store.ts";
import { parseCursor, printCursor, type Question } from "./cursor.ts";
import { renderFound } from "./render-found.ts";
import { type ScanDeps, scanPage } from "./scan-page.ts";
import type { Order } from "./select.ts";
import { collectWarnings, type Warning } from "./warning.ts";

export interface SearchRequest {
  readonly filter: Filter;
  /** Milliseconds since 1970: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly order: Order;
  /** 1..1000. */
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Every parameter of the search but `limit` and `cursor`, as it was asked: what a cursor is bound to. */
  readonly parameters: Question["parameters"];
  readonly signal?: AbortSignal | undefined;
}

export interface SearchPage {
  /** Each entry as one line of wire JSON, in order. */
  readonly lines: readonly string[];
  /** Null at the end, and only there. */
  readonly nextCursor: string | null;
  /** False when the budget ran out before the page was full; the cursor leads on. */
  readonly isComplete: boolean;
  /** When it is incomplete: the range is searched down to this time, with `oldest` up to it. Milliseconds since 1970. */
  readonly scannedTo: number | undefined;
  readonly warnings: readonly Warning[];
}

export interface SearchDeps extends ScanDeps {
  readonly onDamage: (damage: Damage & { readonly tenant: string }) => void;
}

const budgetWarning: Warning = {
  code: "BUDGET_SPENT",
  message: "the search stopped before the page was full; go on with nextCursor",
};

/** Finds one page of entries in total order. Throws CURSOR_INVALID and CURSOR_MISMATCH. */
export const search = async (
  deps: SearchDeps & { readonly oldest: number },
  tenant: string,
  request: SearchRequest,
): Promise<SearchPage> => {
  const { filter, order, limit, signal } = request;
  const question = { tenant, parameters: request.parameters };
  const cursor = request.cursor === undefined ? undefined : parseCursor(request.cursor, question);
  const { from, to } = cursor ?? request;
  // Entries may have expired since the first page.
  const range = { from: Math.max(from, deps.oldest), to };
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  const page = await scanPage(deps, {
    tenant,
    selection: { evaluator: createEvaluator(filter), ...range, order, place: cursor?.place, limit },
    startAt: cursor?.startAt,
    signal,
    onDamage,
  });
  const lines = renderFound(page.found, pageBytesMax);
  const next = page.continueAfter(lines.length);
  if (page.isBudgetSpent) warnings.push(budgetWarning);
  return {
    lines,
    nextCursor: next ? printCursor({ from, to, ...next }, question) : null,
    isComplete: !page.isBudgetSpent,
    // Chunks that reach beyond the range may come next, and what expired meanwhile is behind the cursor.
    scannedTo:
      page.isBudgetSpent && next ? Math.min(to, Math.max(range.from, next.place.time)) : undefined,
    warnings,
  };
};
