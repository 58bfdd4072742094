import type { TailPage } from "@log-service/core/service";
import type { AppDeps } from "../../handler.ts";

/** When to ask again, in milliseconds: for readers who do not wait, and for those whose stream has ended. */
const asksAgainMs = { free: 1000, billed: 2000 } as const;

/** When who waits asks again after it was given something: what arrives until then comes together. */
const gatheredMs = 100;

type Deps = Pick<AppDeps, "isWaitBilled" | "stopping">;

/** When who follows as a stream connects again after its end: where waiting is billed that comes after each page. */
export const retryAfterMs = ({ isWaitBilled }: Deps, { hasMore }: TailPage): number => {
  if (!isWaitBilled) return asksAgainMs.free;
  return hasMore ? 0 : asksAgainMs.billed;
};

/** When to ask again after an answer for which the reader was ready to wait so long. */
export const pollAfterMs = (deps: Deps, page: TailPage, waitMs: number): number => {
  if (page.hasMore) return 0;
  if (waitMs === 0 || deps.stopping?.aborted) return retryAfterMs(deps, page);
  return page.lines.length === 0 ? 0 : gatheredMs;
};
