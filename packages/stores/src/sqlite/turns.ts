/** A long call lets other work of the process run after this long. */
const busyMsMax = 5;

export const nextTurn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Creates a pause for one long call: it returns at once, or lets the event loop turn when the call has run for long. */
export const createPause = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < busyMsMax) return;
    await nextTurn();
    since = performance.now();
  };
};

/** Runs the task when it has not been postponed for `idleMs`. It keeps no process alive. */
export const createIdleTask = (idleMs: number, task: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  return {
    postpone: (): void => {
      timer = timer?.refresh() ?? setTimeout(task, idleMs).unref();
    },
    cancel: (): void => clearTimeout(timer),
  };
};
