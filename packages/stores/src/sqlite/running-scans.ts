import type { ScanRequest } from "@log-service/core";
import { comparePlaces, type Place } from "./chunk-row.ts";

type Order = ScanRequest["order"];

/** How far a scan is: it has yielded, or passed over, every chunk on the near side of the place. */
export interface RunningScan {
  readonly tenant: string;
  readonly order: Order;
  /** The range that was asked for, in milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** When it began, in milliseconds since 1970. */
  readonly since: number;
  /** For "newest" chunks at or above it are done, for "oldest" those below it. */
  place: Place;
}

/** A place among chunks, for each of the two orders. */
export interface Bounds {
  readonly newest: Place;
  readonly oldest: Place;
}

const isDone = ({ order, place }: RunningScan, bounds: Bounds): boolean => {
  const distance = comparePlaces(bounds[order], place);
  return order === "newest" ? distance >= 0 : distance < 0;
};

/** Knows the scans that are under way, so that nothing that one of them still needs is taken away. */
export const createRunningScans = () => {
  const running = new Set<RunningScan>();
  return {
    begin: (scan: RunningScan): Disposable => {
      running.add(scan);
      return { [Symbol.dispose]: () => void running.delete(scan) };
    },

    /** Whether a scan of the tenant is done with some of the chunks and not with the others. */
    isBetween: (tenant: string, chunks: readonly Bounds[]): boolean =>
      [...running].some((scan) => {
        if (scan.tenant !== tenant) return false;
        const done = chunks.filter((bounds) => isDone(scan, bounds)).length;
        return done > 0 && done < chunks.length;
      }),

    /** Whether a scan may still read something of the range. */
    touches: (from: number, to: number): boolean =>
      [...running].some((scan) => scan.from < to && scan.to > from),

    /** When the scan began that has run for longest; one that began in the future, before the clock was set back, any time ago. */
    oldestSince: (now: number): number =>
      Math.min(...[...running].map(({ since }) => (since > now ? 0 : since))),
  };
};

export type RunningScans = ReturnType<typeof createRunningScans>;
