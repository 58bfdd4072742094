import {
  type Arrivals,
  type ArrivalsRequest,
  arrivalsKeptMs,
  type CallOptions,
  timeOfId,
} from "@log-service/core";
import { fromItem } from "./items.ts";
import type { MarkDeps } from "./marks.ts";
import { keyAt, mergedSlices, toFound } from "./scan.ts";
import { type ArrivalPlace, addSeen, parsePlace, printPlace } from "./seen.ts";
import type { FoundItem } from "./shard-reader.ts";

/**
 * The table knows when entries were made, not when they arrived: the tail looks at the end of time again and again, and
 * returns what it has not seen there. How far back it looks is what each answer pays for.
 */
const lookBackMs = 5_000;

/** Now and then it looks further back, for what arrived late. */
const farLookBackMs = 120_000;
const farLookEachMs = 60_000;

/** Entries may be ten minutes ahead of the writer's clock. */
const aheadMs = 11 * 60_000;

/** The lowest id of a time. */
const floorAt = (time: number): string => keyAt(Math.max(0, time), "0");

/** Where someone begins who has seen nothing: what lies in the last seconds is marked as seen by reading it. */
const placeOfNow = (now: number): ArrivalPlace => ({
  floor: floorAt(now - lookBackMs),
  seen: [],
  readAt: now,
  lookedAt: now,
});

/** One look at the end of time. */
interface Look {
  readonly place: ArrivalPlace;
  readonly now: number;
  readonly isFar: boolean;
  /** What was not seen before, in the order of the keys. */
  readonly found: readonly FoundItem[];
  readonly hasMore: boolean;
}

const lookAt = async (
  deps: MarkDeps,
  { tenant, limit }: Pick<ArrivalsRequest, "tenant" | "limit">,
  { place, now }: Pick<Look, "place" | "now">,
  options: CallOptions | undefined,
): Promise<Look> => {
  const isFar = now - place.lookedAt >= farLookEachMs;
  const from = Math.min(place.readAt, now) - (isFar ? farLookBackMs : lookBackMs);
  const low = Math.max(timeOfId(place.floor), from, 0);
  const to = Math.max(low, now) + aheadMs;
  const range = { tenant, from: low, to, order: "oldest", onDamage: () => undefined } as const;
  const seen = new Set(place.seen);
  const found: FoundItem[] = [];
  for await (const slice of mergedSlices(deps, range, options)) {
    for (const item of slice) {
      // An id that is empty is no chunk's; scans report what has it.
      if (item.id < place.floor || seen.has(item.id)) continue;
      if (found.length === limit) return { place, now, isFar, found, hasMore: true };
      found.push(item);
    }
  }
  return { place, now, isFar, found, hasMore: false };
};

/** The place of someone who has taken the first `count` of what was found. */
const placeAfter = ({ place, now, isFar, found, hasMore }: Look, count: number): ArrivalPlace => {
  const isAll = count === found.length && !hasMore;
  const taken = found.slice(0, count).map(({ id }) => id);
  return {
    ...addSeen(place, taken, isAll ? floorAt(now - farLookBackMs) : place.floor),
    readAt: isAll ? now : place.readAt,
    lookedAt: isAll && isFar ? now : place.lookedAt,
  };
};

/** Begins at the end of time, with or without a gap before it. */
const begin = async (
  deps: MarkDeps,
  tenant: string,
  now: number,
  options: CallOptions | undefined,
): Promise<string> => {
  const all = { tenant, limit: Number.POSITIVE_INFINITY };
  const look = await lookAt(deps, all, { place: placeOfNow(now), now }, options);
  return printPlace(placeAfter(look, look.found.length));
};

/** Returns chunks of the last seconds that have not been returned before, as `Arrivals` says. */
export const readArrivals = async (
  deps: MarkDeps,
  request: ArrivalsRequest,
  options: CallOptions | undefined,
): Promise<Arrivals> => {
  const now = deps.client.now();
  const place = request.after === undefined ? undefined : parsePlace(request.after);
  if (place === undefined || now - place.readAt > arrivalsKeptMs) {
    const position = await begin(deps, request.tenant, now, options);
    const hasGap = place !== undefined;
    return { chunks: [], positionAfter: () => position, hasMore: false, hasGap };
  }
  const look = await lookAt(deps, request, { place, now }, options);
  const chunks = look.found.map(({ id, item }) => {
    try {
      const found = fromItem(item);
      return found && toFound(found);
    } catch (cause) {
      request.onDamage({ part: `the chunk ${id}`, cause });
      return undefined;
    }
  });
  /** Where the chunks that can be read, and of which something is left, lie among all that were found. */
  const readable = [...chunks.keys()].filter((index) => chunks[index] !== undefined);
  return {
    chunks: chunks.filter((chunk) => chunk !== undefined),
    // What could not be read is behind who has taken what came before it.
    positionAfter: (count) => printPlace(placeAfter(look, readable[count] ?? look.found.length)),
    hasMore: look.hasMore,
    hasGap: false,
  };
};
