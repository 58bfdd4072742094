import {
  type HeadersOf,
  parseHeaders,
  parseQuery,
  type QueryOf,
  type RouteRequest,
} from "@log-service/contract";
import { LogServiceError, type Problem } from "@log-service/core";
import type { Call } from "../handler.ts";

const refusal = (problems: readonly Problem[]): LogServiceError => {
  const detail = problems.map((problem) => problem.message).join("; ");
  return new LogServiceError(problems[0]?.code ?? "PARAMETER_INVALID", detail, { problems });
};

/** The query parameters of a call. Throws the code of the first problem, with all of them. */
export const queryOf = <R extends RouteRequest>(route: R, { search, deps }: Call): QueryOf<R> => {
  const { values, problems } = parseQuery(route, search, { now: deps.now() });
  if (problems) throw refusal(problems);
  return values;
};

/** The declared headers of a call. Throws like `queryOf`. */
export const headersOf = <R extends RouteRequest>(
  route: R,
  { request, deps }: Call,
): HeadersOf<R> => {
  const get = (name: string) => request.headers.get(name);
  const { values, problems } = parseHeaders(route, get, { now: deps.now() });
  if (problems) throw refusal(problems);
  return values;
};
