import { fieldValues as route } from "@log-service/contract";
import type { Handler } from "../../handler.ts";
import { filterOf } from "../filter.ts";
import { json } from "../json.ts";
import { queryOf } from "../parse.ts";
import { rangeOf } from "../range.ts";

export const handler: Handler = async (call) => {
  const { deps, tenant, request } = call;
  const query = queryOf(route, call);
  const { filter, warnings: hints } = filterOf(query);
  const found = await deps.service.fieldValues(tenant, {
    ...rangeOf(query),
    filter,
    name: call.param("name"),
    limit: query.limit,
    signal: request.signal,
  });
  const { name, values, otherCount, distinct, isComplete, warnings } = found;
  const all = [...hints, ...warnings];
  return json(200, {
    name,
    values,
    otherCount,
    distinct,
    complete: isComplete,
    ...(all.length > 0 && { warnings: all }),
  });
};
