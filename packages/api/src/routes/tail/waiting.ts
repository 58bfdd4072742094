import type { AppDeps } from "../../handler.ts";
import { setNodeTimer } from "../../timer.ts";

/** How long at least two reads of one tail are apart: what arrives in between comes together. */
export const gatherMs = 50;

/** Waits for what arrives, without asking for it. */
export interface Waiting extends Disposable {
  /** Call it before each read: what arrives from then on counts as news. */
  begin(): void;
  /** Resolves with true when something has arrived since `begin`; with false after the time, or when nobody waits any more. */
  forNews(ms: number): Promise<boolean>;
  /** Whether the client has gone, or the host is stopping. */
  readonly isOver: boolean;
}

type WaitingDeps = Pick<AppDeps, "service" | "uptimeMs" | "setTimer" | "stopping">;

export const createWaiting = (
  { service, uptimeMs, setTimer = setNodeTimer, stopping }: WaitingDeps,
  tenant: string,
  gone: AbortSignal,
): Waiting => {
  const signals = stopping === undefined ? [gone] : [gone, stopping];
  const isOver = () => signals.some(({ aborted }) => aborted);
  let hasNews = false;
  let begunAt = uptimeMs();
  let wake: (() => void) | undefined;
  const onChange = () => wake?.();
  const subscription = service.onArrival(tenant, () => {
    hasNews = true;
    onChange();
  });
  for (const signal of signals) signal.addEventListener("abort", onChange);

  /** Resolves after the time, or as soon as the condition holds after a change. */
  const pause = (ms: number, until: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      if (ms <= 0 || until()) {
        resolve();
        return;
      }
      const end = () => {
        wake = undefined;
        cancel();
        resolve();
      };
      const cancel = setTimer(ms, end);
      wake = () => {
        if (until()) end();
      };
    });

  return {
    begin: () => {
      hasNews = false;
      begunAt = uptimeMs();
    },
    forNews: async (ms) => {
      await pause(ms, () => hasNews || isOver());
      if (hasNews) await pause(begunAt + gatherMs - uptimeMs(), isOver);
      return hasNews;
    },
    get isOver() {
      return isOver();
    },
    [Symbol.dispose]: () => {
      subscription[Symbol.dispose]();
      for (const signal of signals) signal.removeEventListener("abort", onChange);
    },
  };
};
