import { type ProblemExtensions, problemContentType, problemOf } from "@log-service/contract";
import {
  type ErrorCode,
  escapeControls,
  isLogServiceError,
  type Problem,
  type QueryProblem,
} from "@log-service/core";
import type { Answer } from "../handler.ts";

interface Refusal {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly requestId: string;
  readonly extensions?: ProblemExtensions<Problem | QueryProblem>;
  readonly retryAfterMs?: number | undefined;
}

/** Answers with problem details (RFC 9457). */
export const refuse = ({ code, detail, requestId, extensions, retryAfterMs }: Refusal): Answer => {
  const problem = problemOf(code, detail, requestId, extensions);
  const headers: Record<string, string> = { "content-type": problemContentType };
  if (problem.status === 503 || problem.status === 429)
    headers["retry-after"] = String(Math.ceil((retryAfterMs ?? 1000) / 1000));
  if (problem.status === 401) headers["www-authenticate"] = 'Bearer realm="log-service"';
  return { status: problem.status, headers, body: escapeControls(JSON.stringify(problem)) };
};

/** The answer to an error. Of one that is not ours nothing is said: its text may hold anything. */
export const problemResponse = (error: unknown, requestId: string): Answer => {
  if (!isLogServiceError(error))
    return refuse({
      code: "INTERNAL",
      detail: "the server failed; its log has the reason under this request id",
      requestId,
    });
  const { code, message, problems, queryProblems, retryAfterMs } = error;
  const listed = queryProblems.length > 0 ? queryProblems : problems;
  const extensions = listed.length > 0 ? { problems: listed } : {};
  return refuse({ code, detail: message, requestId, extensions, retryAfterMs });
};
