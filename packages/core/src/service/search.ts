import { Buffer } from "node:buffer";
import type { Filter } from "@log-service/query";
import type { StoredEntry } from "../entry/entry.ts";
import { pageBytesMax } from "../entry/limits.ts";
import { renderEntry } from "../entry/render-entry.ts";
import type { ErrorCode } from "../errors.ts";
import { createEvaluator } from "../evaluate/evaluate.ts";
import type { Damage } from "../store.ts";
import { parseCursor, printCursor, type Question } from "./cursor.ts";
import { type ScanDeps, type ScannedPage, scanPage } from "./scan-page.ts";
import type { Found, Order } from "./select.ts";

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

/** Something about an answer that its reader should know. */
export interface Warning {
  readonly code: ErrorCode | "BUDGET_SPENT";
  readonly message: string;
}

export interface SearchPage {
  /** Each entry as one line of wire JSON, in order. */
  readonly lines: readonly string[];
  /** Null at the end, and only there. */
  readonly nextCursor: string | null;
  /** False when the budget ran out before the page was full; the cursor leads on. */
  readonly isComplete: boolean;
  readonly warnings: readonly Warning[];
}

export interface SearchDeps extends ScanDeps {
  readonly onDamage: (damage: Damage & { readonly tenant: string }) => void;
}

/** Decodes what was found, chunk by chunk, in the order in which it was found. */
const decode = (found: readonly Found[]): StoredEntry[] => {
  const decoded = new Map<Found, StoredEntry>();
  for (const [reader, ofChunk] of Map.groupBy(found, (one) => one.reader)) {
    const entries = reader.entries(ofChunk.map((one) => one.index));
    for (const [place, one] of ofChunk.entries()) {
      const entry = entries[place];
      if (entry) decoded.set(one, entry);
    }
  }
  return found.flatMap((one) => decoded.get(one) ?? []);
};

/** Renders entries until the page is as large as it may be; at least one. */
const render = ({ found }: ScannedPage): string[] => {
  const lines: string[] = [];
  let bytes = 0;
  for (const entry of decode(found)) {
    const line = renderEntry(entry);
    bytes += Buffer.byteLength(line);
    if (lines.length > 0 && bytes > pageBytesMax) break;
    lines.push(line);
  }
  return lines;
};

const warningOf = ({ part }: Damage): Warning => ({
  code: "CHUNK_CORRUPT",
  message: `${part} is damaged and left out`,
});

const budgetWarning: Warning = {
  code: "BUDGET_SPENT",
  message: "the search stopped before the page was full; go on with nextCursor",
};

/** Finds one page of entries in total order. Throws CURSOR_INVALID and CURSOR_MISMATCH. */
export const search = async (
  deps: SearchDeps,
  tenant: string,
  request: SearchRequest,
): Promise<SearchPage> => {
  const { filter, order, limit, signal } = request;
  const question = { tenant, parameters: request.parameters };
  const cursor = request.cursor === undefined ? undefined : parseCursor(request.cursor, question);
  const { from, to } = cursor ?? request;
  const warnings: Warning[] = [];
  const onDamage = (damage: Damage) => {
    warnings.push(warningOf(damage));
    deps.onDamage({ ...damage, tenant });
  };
  const page = await scanPage(deps, {
    tenant,
    selection: { evaluator: createEvaluator(filter), from, to, order, place: cursor?.place, limit },
    startAt: cursor?.startAt,
    signal,
    onDamage,
  });
  const lines = render(page);
  const next = page.continueAfter(lines.length);
  if (page.isBudgetSpent) warnings.push(budgetWarning);
  return {
    lines,
    nextCursor: next ? printCursor({ from, to, ...next }, question) : null,
    isComplete: !page.isBudgetSpent,
    warnings,
  };
};
