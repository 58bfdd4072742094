import { get as route } from "@log-service/contract";
import type { Handler } from "../../handler.ts";
import { jsonText } from "../json.ts";
import { queryOf } from "../parse.ts";

export const handler: Handler = async (call) => {
  const { deps, tenant, request } = call;
  queryOf(route, call);
  const line = await deps.service.get(tenant, call.param("logId"), { signal: request.signal });
  return jsonText(200, line);
};
