import type { Filter } from "@log-service/query";
import type { TimeRange } from "../../store.ts";

/** `failed`: it has ended, and something is left that it could not read or replace. */
export type ErasureState = "running" | "done" | "failed";

/** What an erasure could not look into. */
export interface ErasureLeft {
  /** As in "the chunk 019ab5c2-..." or "the day 2026-11-22". */
  readonly part: string;
  readonly reason: string;
}

/** `recent`: what arrived in the last minutes stays as it came for now. `readers`: someone may still read what is replaced. */
export type ErasureWait = "recent" | "readers";

/** A step that was begun: whether it happened is told by whether the entry is still there. */
export interface ErasureStep {
  /** An entry that the step erases. */
  readonly logId: string;
  readonly erased: number;
  readonly chunks: number;
}

/** How far it has looked at all of the range, from the oldest on: to erase, then to see whether anything is left. */
export interface ErasurePlace {
  readonly part: "erase" | "check";
  /** Milliseconds since 1970. */
  readonly from: number;
}

/** What is kept of an erasure, and what a report is made of. Plain JSON. */
export interface ErasureRecord extends TimeRange {
  readonly id: string;
  readonly tenant: string;
  readonly state: ErasureState;
  /** What is erased; kept while it runs only, since it may name whom nobody is to remember. */
  readonly filter?: Filter | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly finishedAt?: number | undefined;
  /** How many entries are gone, and how many chunks were written anew without them or deleted. */
  readonly erased: number;
  readonly chunks: number;
  /** How many entries matched and were still there when it looked last. */
  readonly remaining: number;
  readonly waitingFor?: ErasureWait | undefined;
  /** The first of what is left, and how many there are. */
  readonly left: readonly ErasureLeft[];
  readonly leftCount: number;
  /** Where a process that goes on begins to look. */
  readonly resume?: ErasurePlace | undefined;
  readonly step?: ErasureStep | undefined;
}

/** Where erasures are kept. Like a `ChunkStore` it throws `LogServiceError` only. */
export interface TenantErasureStore {
  /** Keeps the record in place of the one with its id. It must be durable then, and nothing be left of the former one. */
  put(record: ErasureRecord): Promise<void>;
  /** Finds an erasure of the tenant; never another's. */
  get(tenant: string, id: string): Promise<ErasureRecord | undefined>;
  /** Those of a tenant that are running, the oldest first. */
  running(tenant: string): Promise<readonly ErasureRecord[]>;
}

/** A store that knows all tenants which have erasures. */
export interface ErasureStore extends TenantErasureStore {
  /** Without a tenant those of all. */
  running(tenant?: string): Promise<readonly ErasureRecord[]>;
}

/** How many parts a report lists. */
export const leftListed = 100;

/** How many erasures of one tenant may run at once. */
export const runningMax = 20;
