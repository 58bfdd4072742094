import type { AppDeps } from "../../handler.ts";

/** When to ask again, in milliseconds: for readers who do not wait, and for those whose stream has ended. */
const asksAgainMs = { free: 1000, billed: 2000 } as const;

/** When who waits asks again after it was given something: what arrives until then comes together. */
export const gatheredMs = 100;

export const retryAfterMs = ({ isWaitBilled }: Pick<AppDeps, "isWaitBilled">): number =>
  isWaitBilled ? asksAgainMs.billed : asksAgainMs.free;
