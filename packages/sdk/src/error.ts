import type { ErrorCode, ProblemAnswer } from "./api.generated.ts";

/**
 * UNREACHABLE: no answer came, or only a part of one. UNEXPECTED_ANSWER: something else than the service answered, such as
 * a proxy. TAIL_INTERRUPTED: a tail was away for so long that entries may be missing in it.
 */
type OwnCode = "UNREACHABLE" | "UNEXPECTED_ANSWER" | "TAIL_INTERRUPTED";

interface Details {
  readonly response?: Response;
  readonly answer?: ProblemAnswer;
  readonly cause?: unknown;
}

/** What went wrong with a call. Its message is for people; `code` is stable. */
export class LogServiceError extends Error {
  override readonly name = "LogServiceError";
  /** A code of docs/reference/errors.md, or one of this client's own. */
  readonly code: ErrorCode | OwnCode;
  /** Of the answer; 0 when there was none. */
  readonly status: number;
  /** Finds the request in the server's log. */
  readonly requestId: string | undefined;
  /** What is wrong with the entry, the parameters or the query. */
  readonly problems: NonNullable<ProblemAnswer["problems"]>;
  /** When the server says after how long to try again. */
  readonly retryAfterMs: number | undefined;
  /** The whole answer, where the service has answered. */
  readonly answer: ProblemAnswer | undefined;

  constructor(code: ErrorCode | OwnCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    const { response, answer } = details;
    const seconds = Number.parseFloat(response?.headers.get("retry-after") ?? "");
    this.code = code;
    this.status = response?.status ?? 0;
    this.requestId = answer?.requestId ?? response?.headers.get("x-request-id") ?? undefined;
    this.problems = answer?.problems ?? [];
    this.retryAfterMs = seconds >= 0 ? seconds * 1000 : undefined;
    this.answer = answer;
  }
}

/** The error that an answer other than 2xx tells. */
export const errorOf = async (response: Response): Promise<LogServiceError> => {
  const text = await response.text();
  try {
    const answer: ProblemAnswer = JSON.parse(text);
    if (answer.code) return new LogServiceError(answer.code, answer.detail, { response, answer });
  } catch {
    // Then the service is not who has answered.
  }
  const message = `${response.status} ${text.slice(0, 200)}`;
  return new LogServiceError("UNEXPECTED_ANSWER", message, { response });
};

const passing = [0, 429, 502, 503, 504];

/** Whether the same call may succeed later. Of 4xx only 429: the others are about the call itself. */
export const mayPass = ({ status }: LogServiceError): boolean => passing.includes(status);
