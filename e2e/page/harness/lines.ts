import { setInterval } from "node:timers/promises";
import type { Stage } from "./stage.ts";

/** Entries whose messages are numbered, so that one that is missing or there twice is seen. */
export const numbered = (from: number, to: number): object[] =>
  Array.from({ length: to - from }, (_, index) => ({
    severity: (["info", "info", "warning", "error"] as const)[(from + index) % 4],
    service: "counter",
    message: `number ${from + index}`,
  }));

interface Pace {
  readonly perSecond: number;
  readonly seconds: number;
}

/** Posts numbered entries at a rate, ten requests a second, and returns how many. */
export const postAtRate = async (
  stage: Pick<Stage, "post">,
  { perSecond, seconds }: Pace,
): Promise<number> => {
  const total = perSecond * seconds;
  const size = perSecond / 10;
  let sent = 0;
  for await (const _ of setInterval(100)) {
    await stage.post(numbered(sent, sent + size));
    sent += size;
    if (sent >= total) break;
  }
  return sent;
};
