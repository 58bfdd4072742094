import { arrivalsKeptMs } from "@log-service/core";
import { arrivalsPerBlock, type MetaDatabase } from "./meta-database.ts";

type Numbers = Pick<MetaDatabase, "takeArrivals" | "arrivalState" | "markReplaced">;

/** Some chunks that were stored together: their numbers are above `behind`, up to `last`. */
interface Put {
  readonly behind: number;
  readonly last: number;
}

/** How many of a tenant's puts are remembered. */
const putsMax = 16;

/** How exactly it is known when a number was given out. */
const markMs = 60_000;

/** Remembers which numbers had been given out `arrivalsKeptMs` ago. */
const createSettled = (last: () => number, clock: () => number) => {
  /** The oldest first. */
  const marks = [{ at: clock(), number: last() }];
  const mark = (): void => {
    const at = clock();
    if (at - (marks.at(-1)?.at ?? 0) >= markMs) marks.push({ at, number: last() });
  };
  return {
    mark,
    number: (): number => {
      mark();
      const latest = clock() - arrivalsKeptMs;
      while ((marks[1]?.at ?? Number.POSITIVE_INFINITY) <= latest) marks.shift();
      const [oldest] = marks;
      return oldest !== undefined && oldest.at <= latest ? oldest.number : 0;
    },
  };
};

/**
 * Numbers chunks in the order of arrival, from 1, over all files and restarts, and remembers where the last ones went, so
 * that who waits for more need not ask the files. What compaction writes has numbers below 0: it never arrives.
 */
export const createArrivals = (meta: Numbers, clock: () => number) => {
  let next = 0;
  let end = 0;
  /** The highest number of each file that was written, or asked. */
  const byFile = new Map<string, number>();
  const byTenant = new Map<string, Put[]>();
  /** What was stored before this process has numbers up to here. */
  let before = meta.arrivalState().last;
  /** The highest number that was given out. */
  const last = (): number => Math.max(before, next - 1);
  const settled = createSettled(last, clock);

  return {
    /** Gives out no number up to this one, before any other was given out. */
    startAbove: (number: number): void => {
      before = number;
      next = number + 1;
    },

    /** The next number, above `floor`. */
    next: (floor: number): number => {
      settled.mark();
      next = Math.max(next, floor + 1);
      if (next >= end) {
        next = meta.takeArrivals(next - 1);
        end = next + arrivalsPerBlock;
      }
      next += 1;
      return next - 1;
    },
    last,
    epoch: (): string => meta.arrivalState().epoch,

    /** Takes note of chunks that a file has taken, the last of them with the last number. */
    onStored: (fileName: string, chunks: readonly { readonly tenant: string }[]): void => {
      byFile.set(fileName, last());
      const put = { behind: last() - chunks.length, last: last() };
      for (const tenant of new Set(chunks.map((chunk) => chunk.tenant))) {
        const puts = byTenant.get(tenant) ?? [];
        byTenant.set(tenant, puts);
        puts.push(put);
        if (puts.length > putsMax) puts.shift();
      }
    },

    /** The highest number in a file, or one above; `ask` finds it where this process has not written to the file. */
    lastInFile: (fileName: string, after: number, ask: () => number): number => {
      const known = byFile.get(fileName);
      if (known !== undefined) return known;
      if (after >= before) return 0;
      const found = ask();
      byFile.set(fileName, found);
      return found;
    },

    /**
     * Behind which number the tenant's first chunk after `after` lies, at the earliest; undefined when there is none. Others
     * may have stored millions in between, which nobody need read to find it.
     */
    nextBehind: (tenant: string, after: number): number | undefined => {
      const puts = byTenant.get(tenant) ?? [];
      const index = puts.findIndex((put) => put.last > after);
      if (index === -1) return after < before ? after : undefined;
      const isEarlierForgotten = index === 0 && (puts.length === putsMax || after < before);
      return isEarlierForgotten ? after : Math.max(after, puts[index]!.behind);
    },

    /** Whether every chunk that arrived behind the number is there as it came. */
    isWholeAfter: (number: number): boolean => number >= meta.arrivalState().replaced,

    /** The highest number that is so old that compaction may replace its chunk. */
    settled: settled.number,

    /** Call it before chunks up to this number are replaced: a tail that has not come so far is told of a gap. */
    markReplaced: meta.markReplaced,
  };
};

export type ArrivalNumbers = ReturnType<typeof createArrivals>;
