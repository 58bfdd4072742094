import { stats as route } from "@log-service/contract";
import type { Handler } from "../../handler.ts";
import { filterOf } from "../filter.ts";
import { json } from "../json.ts";
import { queryOf } from "../parse.ts";
import { boundedRangeOf } from "../range.ts";

export const handler: Handler = async (call) => {
  const { deps, tenant, request } = call;
  const query = queryOf(route, call);
  const { filter, warnings: hints } = filterOf(query);
  const range = boundedRangeOf(query, deps.now());
  const { groups, other, isComplete, scannedTo, warnings } = await deps.service.stats(tenant, {
    ...range,
    filter,
    measures: query.measure,
    by: query.by ?? [],
    intervalMs: query.interval,
    top: query.top,
    signal: request.signal,
  });
  const all = [...hints, ...warnings];
  return json(200, {
    ...range,
    intervalMs: query.interval ?? null,
    groups,
    ...(other && { other: { points: other } }),
    complete: isComplete,
    ...(scannedTo !== undefined && { scannedTo }),
    ...(all.length > 0 && { warnings: all }),
  });
};
