import { fields as route } from "@log-service/contract";
import type { Handler } from "../../handler.ts";
import { filterOf } from "../filter.ts";
import { json } from "../json.ts";
import { queryOf } from "../parse.ts";
import { rangeOf } from "../range.ts";

export const handler: Handler = async (call) => {
  const { deps, tenant, request } = call;
  const query = queryOf(route, call);
  const { filter, warnings: hints } = filterOf(query);
  const { fields, isComplete, warnings } = await deps.service.fields(tenant, {
    ...rangeOf(query),
    filter,
    isDistinct: query.distinct === "true",
    signal: request.signal,
  });
  const all = [...hints, ...warnings];
  return json(200, { fields, complete: isComplete, ...(all.length > 0 && { warnings: all }) });
};
