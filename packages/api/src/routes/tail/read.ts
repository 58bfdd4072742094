import { tail as route } from "@log-service/contract";
import { pageBytesMax } from "@log-service/core/limits";
import type { TailPage } from "@log-service/core/service";
import type { Call } from "../../handler.ts";
import { filterOf } from "../filter.ts";
import { headersOf, queryOf } from "../parse.ts";

/** Reads one page of a tail, at once. */
export type ReadTail = (cursor: string | undefined, signal: AbortSignal) => Promise<TailPage>;

/** A page of a stream that goes on is small: it is what waits in memory for a slow reader. */
const streamed = { entries: 200, bytes: 256 * 1024 } as const;

/** What a request to follow asks for. Throws what is wrong with it. */
export const readerOf = (call: Call, isStream: boolean) => {
  const { deps, tenant, search } = call;
  const query = queryOf(route, call);
  const { filter, warnings: hints } = filterOf(query);
  const { limit: _limit, wait: _wait, cursor: _cursor, ...parameters } = Object.fromEntries(search);
  const isLive = isStream && !deps.isWaitBilled;
  const limit = isLive ? Math.min(query.limit, streamed.entries) : query.limit;
  // In a stream each entry has a cursor beside it.
  const wholeBytesMax = isStream ? pageBytesMax / 2 : pageBytesMax;
  const bytesMax = isLive ? streamed.bytes : wholeBytesMax;
  const read: ReadTail = (cursor, signal) =>
    deps.service.tail(tenant, { filter, cursor, limit, bytesMax, parameters, signal });
  return {
    read,
    hints,
    cursor: headersOf(route, call)["last-event-id"] ?? query.cursor,
    waitMs: deps.isWaitBilled ? 0 : query.wait * 1000,
  };
};
