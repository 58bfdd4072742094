import { search as route } from "@log-service/contract";
import type { Handler } from "../../handler.ts";
import { filterOf } from "../filter.ts";
import { jsonText, warningsText } from "../json.ts";
import { queryOf } from "../parse.ts";
import { rangeOf } from "../range.ts";

export const handler: Handler = async (call) => {
  const { deps, tenant, search, request } = call;
  const query = queryOf(route, call);
  const { filter, warnings: hints } = filterOf(query);
  const { limit: _limit, cursor: _cursor, ...parameters } = Object.fromEntries(search);
  const page = await deps.service.search(tenant, {
    filter,
    ...rangeOf(query),
    order: query.order,
    limit: query.limit,
    cursor: query.cursor,
    parameters,
    signal: request.signal,
  });
  const { lines, nextCursor, isComplete, scannedTo } = page;
  const reached = scannedTo === undefined ? "" : `,"scannedTo":${scannedTo}`;
  const warnings = warningsText([...hints, ...page.warnings]);
  return jsonText(
    200,
    `{"count":${lines.length},"logs":[${lines.join(",")}],"nextCursor":${JSON.stringify(nextCursor)},"complete":${isComplete}${reached}${warnings}}`,
  );
};
