import type { SetTimer } from "../timer.ts";

/** Time that passes when a test says so. */
export const createManualTimers = () => {
  let uptime = 0;
  const timers = new Set<{ readonly at: number; readonly fire: () => void }>();
  const setTimer: SetTimer = (ms, fire) => {
    const timer = { at: uptime + ms, fire };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  return {
    setTimer,
    uptimeMs: () => uptime,
    /** How many timers run. */
    count: () => timers.size,
    /** Lets time pass, and fires what is due, in order. */
    pass: (ms: number): void => {
      uptime += ms;
      const due = [...timers].filter(({ at }) => at <= uptime).sort((a, b) => a.at - b.at);
      for (const timer of due) if (timers.delete(timer)) timer.fire();
    },
  };
};
