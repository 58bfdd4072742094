import type { IngestReport } from "./ingest.ts";

/** What was taken in: entries that were stored, and bytes of bodies after decompression, refused entries included. */
export interface UsageCount {
  readonly entries: number;
  readonly bytes: number;
}

/**
 * Whose part of a day it is: `=` and the name of a service, nothing for entries without one, `*` for the services
 * beyond the most that are told apart.
 */
export type UsageSlot = string;

/** What one tenant sent in one UTC day, by arrival, for one slot. */
export interface UsageRow extends UsageCount {
  readonly tenant: string;
  /** As in `2026-11-22`. */
  readonly day: string;
  readonly slot: UsageSlot;
}

/** Where usage is kept. Like a `ChunkStore` it throws `LogServiceError` only. */
export interface UsageStore {
  /**
   * Adds to what is there. It must be durable when it resolves, with nothing; or, where it could add the rows of some tenants and
   * days only, with the others. When it rejects it must have added nothing that it knows of.
   */
  add(rows: readonly UsageRow[]): Promise<readonly UsageRow[]>;
  /** Returns what a tenant sent from a day to another, both included, in any order. */
  read(tenant: string, from: string, to: string): Promise<readonly UsageRow[]>;
}

/** So many services are told apart in a day: who makes up names must not fill the store with them. */
export const usageServicesMax = 100;

const dayMs = 86_400_000;

export const usageDayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Shares out the bytes of a body by entries; the parts make up the whole. */
const partsOf = (report: IngestReport): [UsageSlot, UsageCount][] => {
  const { services, accepted, bodyBytes, isRepeat } = report;
  if (isRepeat || accepted === 0) return [["", { entries: 0, bytes: bodyBytes }]];
  let left = bodyBytes;
  return services.map(([service, entries], index) => {
    const isLast = index === services.length - 1;
    const bytes = isLast ? left : Math.floor((bodyBytes * entries) / accepted);
    left -= bytes;
    return [service === undefined ? "" : `=${service}`, { entries, bytes }];
  });
};

interface UsageDeps {
  readonly store: UsageStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface UsageRange {
  /** Days as in `2026-11-22`, both included. */
  readonly from: string;
  readonly to: string;
}

export interface Usage {
  /** Counts what was stored. Nothing is written before the next `flush`. */
  count(report: IngestReport): void;
  /** Writes what was counted since the last time. What cannot be written is kept for the next one. */
  flush(): Promise<void>;
  /** What a tenant sent, also what is not written yet. */
  read(tenant: string, range: UsageRange): Promise<readonly UsageRow[]>;
}

/** Decides which services are told apart. */
const createSlots = () => {
  const known = new Map<string, Set<UsageSlot>>();
  return ({ tenant, day, slot }: UsageRow): UsageSlot => {
    const key = `${tenant} ${day}`;
    const slots = known.get(key) ?? new Set();
    known.set(key, slots);
    if (slots.size >= usageServicesMax && !slots.has(slot)) return "*";
    slots.add(slot);
    return slot;
  };
};

/** Adds up rows, and gives them back with one for each tenant, day and slot. */
const createTally = () => {
  let rows = new Map<string, UsageRow>();
  return {
    add: (row: UsageRow): void => {
      const key = `${row.tenant} ${row.day} ${row.slot}`;
      const { entries = 0, bytes = 0 } = rows.get(key) ?? {};
      rows.set(key, { ...row, entries: entries + row.entries, bytes: bytes + row.bytes });
    },
    rows: () => [...rows.values()],
    /** Returns all rows and begins anew. */
    empty: () => {
      const all = [...rows.values()];
      rows = new Map();
      return all;
    },
  };
};

/** Counts in memory what tenants send, and writes it when it is told to; exact for one process. */
export const createUsage = ({ store, now }: UsageDeps): Usage => {
  const pending = createTally();
  let slotOf = createSlots();
  let day = { number: Number.NaN, text: "" };
  /** The day of now; a new one tells other services apart. */
  const today = (): string => {
    const number = Math.floor(now() / dayMs);
    if (number !== day.number) {
      day = { number, text: usageDayOf(number * dayMs) };
      slotOf = createSlots();
    }
    return day.text;
  };
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: a read beside a write would find rows in both places, or in neither. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = last.then(task);
    last = done.catch(() => undefined);
    return done;
  };
  return {
    count: (report) => {
      const { tenant } = report;
      const own = today();
      for (const [slot, count] of partsOf(report)) {
        const row = { tenant, day: own, slot, ...count };
        pending.add({ ...row, slot: slotOf(row) });
      }
    },
    flush: () =>
      inTurn(async () => {
        let rows: readonly UsageRow[] = pending.empty();
        try {
          if (rows.length > 0) rows = await store.add(rows);
        } finally {
          for (const row of rows) pending.add(row);
        }
      }),
    read: (tenant, { from, to }) =>
      inTurn(async () => {
        const stored = await store.read(tenant, from, to);
        const all = createTally();
        const isAsked = (row: UsageRow) =>
          row.tenant === tenant && row.day >= from && row.day <= to;
        for (const row of [...stored, ...pending.rows().filter(isAsked)]) all.add(row);
        return all.rows();
      }),
  };
};
