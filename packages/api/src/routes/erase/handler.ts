import { erase as route } from "@log-service/contract";
import { LogServiceError } from "@log-service/core";
import type { Handler } from "../../handler.ts";
import { erasuresOf, toAnswer } from "../erasure/answer.ts";
import { filterOf } from "../filter.ts";
import { json } from "../json.ts";
import { queryOf } from "../parse.ts";
import { boundedRangeOf } from "../range.ts";

/** What would remove all entries of a range must be meant: a script whose variable is empty would say it too. */
const assertMeant = (): never => {
  const message = "q matches every entry; to erase all of the range, send everything=true";
  const problems = [{ path: "q", code: "PARAMETER_INVALID", message }] as const;
  throw new LogServiceError("PARAMETER_INVALID", message, { problems });
};

export const handler: Handler = async (call) => {
  const { deps, tenant, principal } = call;
  const query = queryOf(route, call);
  const { filter } = filterOf(query);
  if (filter.op === "all" && query.everything !== "true") assertMeant();
  const range = boundedRangeOf(query, deps.now());
  const report = await erasuresOf(deps).erase(tenant, { ...range, filter });
  // Who had something removed must be known later; what it was must not.
  deps.log.info("an erasure was asked for", { erasure: report.id, tenant, by: principal?.id });
  return json(202, toAnswer(report));
};
