/** Calls back after a time in milliseconds, unless what it returned is called first. */
export type SetTimer = (ms: number, fire: () => void) => () => void;

/** Node's own timers. They keep no process alive. */
export const setNodeTimer: SetTimer = (ms, fire) => {
  const timer = setTimeout(fire, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
