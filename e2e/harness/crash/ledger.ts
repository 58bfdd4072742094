import type { ReadEntry } from "../read-all.ts";

/** One entry that was sent, told from all others by its producer and its number. */
export interface SentEntry {
  readonly producer: string;
  readonly seq: number;
  readonly message: string;
  /** When it was made, in milliseconds since 1970. Its own time lies shortly before, or `lateMs` before that. */
  readonly madeAt: number;
}

interface Line {
  readonly entry: SentEntry;
  isAcknowledged: boolean;
}

/** What a reading of the store showed against what was acknowledged. */
export interface Verdict {
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  /** Never sent, or with another content than was sent. */
  readonly altered: readonly string[];
}

export interface Ledger {
  /** Notes that the entries are about to be sent, perhaps not for the first time. */
  send(entries: readonly SentEntry[]): void;
  acknowledge(entries: readonly SentEntry[]): void;
  /** Judges a reading that holds everything since the last verification; `all` means everything there is. */
  verify(read: readonly ReadEntry[], what: "since last time" | "all"): Verdict;
  /** When the oldest entry was made that was sent since the last verification. */
  readonly oldestMadeAt: number;
  readonly acknowledged: number;
}

const keyOf = ({ producer, seq }: { producer: unknown; seq: unknown }): string =>
  `${producer} ${seq}`;

const countByKey = (read: readonly ReadEntry[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { attributes } of read) {
    const key = keyOf(attributes as never); // an entry of ours has both, any other has an unknown key
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

/** Keeps what was sent and what was acknowledged, and finds what a store has lost, doubled or altered. */
export const createLedger = (): Ledger => {
  const lines = new Map<string, Line>();
  let recent: Line[] = [];
  let oldestMadeAt = Number.POSITIVE_INFINITY;
  let acknowledged = 0;
  const isAsSent = ({ message, attributes }: ReadEntry) =>
    lines.get(keyOf(attributes as never))?.entry.message === message;
  return {
    send: (entries) => {
      for (const entry of entries) {
        oldestMadeAt = Math.min(oldestMadeAt, entry.madeAt);
        const key = keyOf(entry);
        if (!lines.has(key)) lines.set(key, { entry, isAcknowledged: false });
      }
    },
    acknowledge: (entries) => {
      for (const entry of entries) {
        const line = lines.get(keyOf(entry));
        if (line === undefined) throw new Error(`${keyOf(entry)} was never sent`);
        line.isAcknowledged = true;
        acknowledged += 1;
        recent.push(line);
      }
    },
    verify: (read, what) => {
      const counts = countByKey(read);
      const expected = what === "all" ? [...lines.values()] : recent;
      const missing = expected
        .filter(({ entry, isAcknowledged }) => isAcknowledged && !counts.has(keyOf(entry)))
        .map(({ entry }) => keyOf(entry));
      const doubled = [...counts].filter(([, count]) => count > 1).map(([key]) => key);
      const altered = read.filter((entry) => !isAsSent(entry)).map((entry) => entry.logId);
      recent = [];
      oldestMadeAt = Number.POSITIVE_INFINITY;
      return { missing, doubled, altered };
    },
    get oldestMadeAt() {
      return oldestMadeAt;
    },
    get acknowledged() {
      return acknowledged;
    },
  };
};
