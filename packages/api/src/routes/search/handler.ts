import { type QueryOf, search as route } from "@log-service/contract";
import type { Filter } from "@log-service/query";
import type { Handler } from "../../handler.ts";
import { jsonText } from "../json.ts";
import { queryOf } from "../parse.ts";

/** Beyond every timestamp that can be stored, and still a safe integer. */
const farFuture = 2 ** 48;

const filterOf = ({ severity, service }: QueryOf<typeof route>): Filter => {
  const filters: Filter[] = [];
  if (severity)
    filters.push({
      op: "or",
      filters: severity.map((value) => ({ op: "equals", field: "severity", value })),
    });
  if (service !== undefined) filters.push({ op: "equals", field: "service", value: service });
  return filters.length === 0 ? { op: "all" } : { op: "and", filters };
};

export const handler: Handler = async (call) => {
  const { deps, tenant, search, request } = call;
  const query = queryOf(route, call);
  const { limit: _limit, cursor: _cursor, ...parameters } = Object.fromEntries(search);
  const page = await deps.service.search(tenant, {
    filter: filterOf(query),
    from: query.from ?? 0,
    to: query.to ?? farFuture,
    order: query.order,
    limit: query.limit,
    cursor: query.cursor,
    parameters,
    signal: request.signal,
  });
  const { lines, nextCursor, isComplete, warnings } = page;
  const more = warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : "";
  return jsonText(
    200,
    `{"count":${lines.length},"logs":[${lines.join(",")}],"nextCursor":${JSON.stringify(nextCursor)},"complete":${isComplete}${more}}`,
  );
};
