import { randomBytes } from "node:crypto";
import type { Arrivals, ArrivalsRequest, StoredChunk } from "@log-service/core";
import { parseArrival, printArrival } from "../arrival-position.ts";
import type { Kept, TenantChunks } from "./upkeep.ts";

/** Numbers chunks in the order of arrival, over all tenants. */
export const createArrivals = (toStored: (kept: Kept) => StoredChunk) => {
  // A position of another store of this kind, of the process before for example, leads nowhere in this one.
  const epoch = randomBytes(6).toString("hex");
  let last = 0;
  return {
    next: (): number => {
      last += 1;
      return last;
    },
    read: (
      { chunks, replacedTo }: Pick<TenantChunks, "chunks" | "replacedTo">,
      { after, limit }: ArrivalsRequest,
    ): Arrivals => {
      const number = after === undefined ? last : parseArrival(after, epoch);
      const hasGap = number === undefined || number < replacedTo;
      const start = hasGap ? last : number;
      const arrived = [...chunks.values()]
        .filter(({ arrival }) => arrival > start)
        .sort((a, b) => a.arrival - b.arrival);
      const page = arrived.slice(0, limit);
      const end = last;
      return {
        chunks: page.map(toStored),
        positionAfter: (count) => {
          const isAll = count === arrived.length;
          return printArrival(epoch, isAll ? end : (page[count - 1]?.arrival ?? start));
        },
        hasMore: arrived.length > limit,
        hasGap,
      };
    },
  };
};
