import type { ScanDeps } from "./scan-page.ts";

/** For so long a scan keeps other requests waiting; also how soon it sees that its client went away. */
const turnMs = 2;

/** Returns what a scan awaits before each step: others get their turn, and it throws when the signal has aborted. */
export const createScanTurns = (
  { now, nextTurn }: Pick<ScanDeps, "now" | "nextTurn">,
  signal: AbortSignal | undefined,
): (() => Promise<void>) => {
  let turnAt = now() + turnMs;
  return async () => {
    if (now() >= turnAt) {
      await nextTurn();
      turnAt = now() + turnMs;
    }
    signal?.throwIfAborted();
  };
};
