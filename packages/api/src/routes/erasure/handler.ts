import { erasure as route } from "@log-service/contract";
import type { Handler } from "../../handler.ts";
import { json } from "../json.ts";
import { queryOf } from "../parse.ts";
import { erasuresOf, toAnswer } from "./answer.ts";

export const handler: Handler = async (call) => {
  queryOf(route, call);
  const report = await erasuresOf(call.deps).erasure(call.tenant, call.param("erasureId"));
  return json(200, toAnswer(report));
};
