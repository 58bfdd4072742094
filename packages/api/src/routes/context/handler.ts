import { context as route } from "@log-service/contract";
import type { Handler } from "../../handler.ts";
import { filterOf } from "../filter.ts";
import { jsonText, warningsText } from "../json.ts";
import { queryOf } from "../parse.ts";

export const handler: Handler = async (call) => {
  const { deps, tenant, request } = call;
  const { before, after, q } = queryOf(route, call);
  const { filter, warnings: hints } = filterOf({ q });
  const found = await deps.service.context(tenant, {
    logId: call.param("logId"),
    before,
    after,
    filter,
    signal: request.signal,
  });
  const warnings = warningsText([...hints, ...found.warnings]);
  return jsonText(
    200,
    `{"before":[${found.before.join(",")}],"entry":${found.entry},"after":[${found.after.join(",")}],"complete":${found.isComplete}${warnings}}`,
  );
};
