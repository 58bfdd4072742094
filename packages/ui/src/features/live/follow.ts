import { LogServiceError, mayPass, type TailAnswer } from "@log-service/sdk";
import type { TimeWindow } from "../../view/time-range.ts";

export type Connection =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  /** Asks again at `at`, in milliseconds since 1970. */
  | { readonly kind: "waiting"; readonly at: number; readonly error: Error }
  /** Asking again would not help. */
  | { readonly kind: "failed"; readonly error: Error };

export interface FollowDeps {
  /** Answers with what has arrived behind the cursor; without one it begins. */
  ask(cursor: string | undefined): Promise<TailAnswer>;
  /** Rejects when what follows is stopped. */
  wait(ms: number): Promise<void>;
  now(): number;
  /** From 0 to 1. */
  random(): number;
  onConnection(connection: Connection): void;
  onAnswer(answer: TailAnswer): void;
  /** Entries of this time may have been missed. */
  onGap(gap: TimeWindow): void;
}

const firstWaitMs = 1_000;
const longestWaitMs = 15_000;

/** The clocks of this machine and of the senders need not agree. */
const clockSkewMs = 60_000;

const waitAfter = (failures: number, error: Error, random: number): number => {
  const backOffMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1));
  const askedMs = error instanceof LogServiceError ? (error.retryAfterMs ?? 0) : 0;
  // Pages that lost the same server come back one after the other.
  return Math.max(askedMs, backOffMs * (0.5 + random / 2));
};

const isOf = (error: Error, codes: readonly string[]): boolean =>
  error instanceof LogServiceError && codes.includes(error.code);

const isPassing = (error: Error): boolean =>
  error.name === "TimeoutError" || (error instanceof LogServiceError && mayPass(error));

/** Follows a tail by its cursor, so that nothing is missed or repeated when it breaks, until waiting or asking is stopped. */
export const follow = async (deps: FollowDeps, isStopped: () => boolean): Promise<void> => {
  let cursor: string | undefined;
  let heardAt = deps.now();
  let failures = 0;

  const takeAnswer = (answer: TailAnswer): void => {
    if (answer.resync) deps.onGap({ from: heardAt - clockSkewMs, to: deps.now() + 1 });
    heardAt = deps.now();
    failures = 0;
    cursor = answer.nextCursor;
    deps.onConnection({ kind: "live" });
    deps.onAnswer(answer);
  };

  /** Returns how long to wait, or undefined when waiting is no use. */
  const takeError = (error: Error): number | undefined => {
    if (cursor !== undefined && isOf(error, ["CURSOR_INVALID", "CURSOR_MISMATCH"])) {
      // The store is another one than before: then the tail begins anew.
      cursor = undefined;
      deps.onGap({ from: heardAt - clockSkewMs, to: deps.now() + 1 });
      return 0;
    }
    if (!isPassing(error)) {
      deps.onConnection({ kind: "failed", error });
      return undefined;
    }
    failures += 1;
    const ms = waitAfter(failures, error, deps.random());
    deps.onConnection({ kind: "waiting", at: deps.now() + ms, error });
    return ms;
  };

  for (;;) {
    const answer = await deps.ask(cursor).catch((error: Error) => error);
    if (isStopped()) return;
    const isError = answer instanceof Error;
    if (!isError) takeAnswer(answer);
    const waitMs = isError ? takeError(answer) : answer.retryAfterMs;
    if (waitMs === undefined) return;
    if (waitMs > 0) await deps.wait(waitMs);
    if (isStopped()) return;
    if (failures > 0) deps.onConnection({ kind: "connecting" });
  }
};
