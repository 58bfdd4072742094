import { type CompareTo, patterns as route } from "@log-service/contract";
import { formatTimestamp, LogServiceError } from "@log-service/core";
import type { Handler } from "../../handler.ts";
import { filterOf } from "../filter.ts";
import { json } from "../json.ts";
import { queryOf } from "../parse.ts";
import { boundedRangeOf } from "../range.ts";

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The range that is meant. Throws PARAMETER_INVALID when it depends on a `from` that is not given. */
const toRange = (
  compareTo: CompareTo,
  { from, to }: { readonly from: number | undefined; readonly to: number | undefined },
  now: number,
): Range => {
  if (compareTo.kind === "range") return { from: compareTo.from, to: compareTo.to };
  if (from === undefined)
    throw new LogServiceError(
      "PARAMETER_INVALID",
      "compareTo needs from: without it there is no range before",
    );
  // Up to now: what lies ahead has not come yet, and would make the other range longer.
  const end = to ?? Math.max(now, from + 1);
  if (compareTo.kind === "previous") return { from: Math.max(0, 2 * from - end), to: from };
  const { byMs } = compareTo;
  return { from: Math.max(0, from - byMs), to: Math.max(1, end - byMs) };
};

export const handler: Handler = async (call) => {
  const { deps, tenant, request } = call;
  const query = queryOf(route, call);
  const { filter, warnings: hints } = filterOf(query);
  const now = deps.now();
  const range = boundedRangeOf(query, now);
  const compareTo = query.compareTo && toRange(query.compareTo, query, now);
  const found = await deps.service.patterns(tenant, {
    ...range,
    filter,
    top: query.top,
    compareTo,
    signal: request.signal,
  });
  const all = [...hints, ...found.warnings];
  return json(200, {
    ...range,
    ...(compareTo && { compareTo }),
    total: found.total,
    patterns: found.patterns.map((pattern) => ({
      ...pattern,
      firstSeen: formatTimestamp(pattern.firstSeen),
      lastSeen: formatTimestamp(pattern.lastSeen),
    })),
    other: found.other,
    complete: found.isComplete,
    ...(all.length > 0 && { warnings: all }),
  });
};
