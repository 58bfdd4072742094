import {
  type ErrorCode,
  type ErrorKind,
  errorCatalogue,
  type Problem,
} from "@log-service/core/errors";
import type { RejectedEntry } from "./answers.ts";

/** The HTTP status that a kind of error is answered with. */
export const statusOfKind = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  timeout: 408,
  tooLarge: 413,
  unsupported: 415,
  mismatch: 422,
  throttled: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ErrorKind, number>;

export type ErrorStatus = (typeof statusOfKind)[ErrorKind];

export const statusOf = (code: ErrorCode): ErrorStatus => statusOfKind[errorCatalogue[code].kind];

export const problemContentType = "application/problem+json";

/** What some errors add to the members of RFC 9457. `P` is a `QueryProblem` for QUERY_INVALID, and there only. */
export interface ProblemExtensions<P = Problem> {
  readonly problems?: readonly P[];
  /** Of a batch that was refused as a whole; the same members as in its answer when some of it is accepted. */
  readonly accepted?: 0;
  readonly rejectedCount?: number;
  readonly rejected?: readonly RejectedEntry[];
}

/** The body of every error: problem details of RFC 9457. */
export interface ProblemAnswer<P = Problem> extends ProblemExtensions<P> {
  /** Names the kind of problem for ever; it is not an address. */
  readonly type: `urn:log-service:error:${ErrorCode}`;
  readonly title: string;
  readonly status: ErrorStatus;
  /** This occurrence: the offending value and the limit. */
  readonly detail: string;
  readonly code: ErrorCode;
  readonly requestId: string;
}

/** Makes the body of an error answer; send it with its `status` as `problemContentType`. */
export const problemOf = <P = Problem>(
  code: ErrorCode,
  detail: string,
  requestId: string,
  extensions: ProblemExtensions<P> = {},
): ProblemAnswer<P> => ({
  type: `urn:log-service:error:${code}`,
  title: errorCatalogue[code].title,
  status: statusOf(code),
  detail,
  code,
  requestId,
  ...extensions,
});
