import type { TailPage } from "@log-service/core/service";
import type { Call } from "../../handler.ts";
import type { ReadTail } from "./read.ts";
import { createWaiting } from "./waiting.ts";

/** Reads until there is something to tell, at most so long. */
export const poll = async (
  { deps, tenant, request }: Pick<Call, "deps" | "tenant" | "request">,
  read: ReadTail,
  { cursor, waitMs }: { readonly cursor: string | undefined; readonly waitMs: number },
): Promise<TailPage> => {
  const { signal } = request;
  if (waitMs === 0) return read(cursor, signal);
  using waiting = createWaiting(deps, tenant, signal);
  const deadline = deps.uptimeMs() + waitMs;
  let after = cursor;
  for (;;) {
    waiting.begin();
    const page = await read(after, signal);
    const isNews = page.lines.length > 0 || page.isResync || page.warnings.length > 0;
    const leftMs = deadline - deps.uptimeMs();
    if (isNews || leftMs <= 0 || waiting.isOver) return page;
    after = page.nextCursor;
    if (!page.hasMore) await waiting.forNews(leftMs);
  }
};
