import type { ScanDeps } from "./scan-page.ts";

/** What all tails together take of a turn, in milliseconds: a hundred of them wake up at once. */
const shareMs = 3;

export type RunInTurn = <T>(step: () => Promise<T>) => Promise<T>;

/** Runs steps one after the other, and lets other requests have their turn when they have taken their share. */
export const createTailTurns = ({
  now,
  nextTurn,
}: Pick<ScanDeps, "now" | "nextTurn">): RunInTurn => {
  let last: Promise<unknown> = Promise.resolve();
  let begunAt = Number.NEGATIVE_INFINITY;
  const runNext = async <T>(step: () => Promise<T>): Promise<T> => {
    // A clock that was set back counts as a new turn, too.
    if (now() - begunAt >= shareMs || now() < begunAt) {
      await nextTurn();
      begunAt = now();
    }
    return step();
  };
  return (step) => {
    const run = last.then(() => runNext(step));
    last = run.catch(() => undefined);
    return run;
  };
};
