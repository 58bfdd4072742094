import type { ErrorCode } from "@log-service/sdk";

/** Why the service does not let the page read: there is no key, it is not a good one, or it is for something else. */
export type Refusal = "keyMissing" | "keyWrong" | "keyCannotRead";

const refusals: Partial<Record<ErrorCode, Refusal>> = {
  KEY_REQUIRED: "keyMissing",
  KEY_INVALID: "keyWrong",
  TOKEN_INVALID: "keyWrong",
  SCOPE_REQUIRED: "keyCannotRead",
};

const isCode = (code: unknown): code is ErrorCode => typeof code === "string" && code in refusals;

/** The refusal that an answer's code means; undefined where it means something else. */
export const refusalOf = (code: unknown): Refusal | undefined =>
  isCode(code) ? refusals[code] : undefined;

interface Watcher {
  readonly onRefused: (refusal: Refusal) => void;
  readonly onReachable: (isReachable: boolean) => void;
}

const codeOf = async (response: Response): Promise<unknown> => {
  const answer: unknown = await response.json().catch(() => undefined);
  return typeof answer === "object" && answer !== null && "code" in answer
    ? answer.code
    : undefined;
};

/**
 * Sends like `send`, and tells what every answer says about the service and the key, whichever part of the page has
 * asked.
 */
export const watchFetch =
  (send: typeof fetch, { onRefused, onReachable }: Watcher): typeof fetch =>
  async (...request) => {
    try {
      const response = await send(...request);
      onReachable(true);
      if (response.status === 401 || response.status === 403) {
        const refusal = refusalOf(await codeOf(response.clone()));
        if (refusal) onRefused(refusal);
      }
      return response;
    } catch (error) {
      // A request that the page itself gave up says nothing about the service.
      if (error instanceof TypeError) onReachable(false);
      throw error;
    }
  };
