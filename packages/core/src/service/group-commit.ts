import type { Chunk } from "../chunk/chunk.ts";
import { createChunkEncoder } from "../chunk/encode.ts";
import type { Entry } from "../entry/entry.ts";
import { type IdSeed, logIdAt } from "../entry/log-id.ts";
import { type CommitDeps, type CommittedChunk, commitShares, type Share } from "./commit-shares.ts";
import { type EncodeChunk, encodeSlices } from "./split.ts";

interface GroupCommitDeps extends CommitDeps {
  /** Resolves when what has already arrived has been handled; a commit waits for it, so that more can join. */
  readonly nextTurn: () => Promise<void>;
}

interface WaitingEntries {
  readonly kind: "entries";
  readonly tenant: string;
  readonly entries: readonly Entry[];
  readonly resolve: (firstLogId: string) => void;
  readonly reject: (error: unknown) => void;
}

interface WaitingChunks {
  readonly kind: "chunks";
  readonly tenant: string;
  readonly chunks: readonly Chunk[];
  readonly resolve: (committed: readonly CommittedChunk[]) => void;
  readonly reject: (error: unknown) => void;
}

type Waiting = WaitingEntries | WaitingChunks;

/**
 * Gathers what waits for the same commit. Small requests of one tenant share chunks, with consecutive ids: single
 * posts would otherwise cost a chunk and a sync each.
 */
export interface GroupCommit {
  /** Stores entries in chunks shared with others; resolves with the id of the first when they are durable. */
  addEntries(tenant: string, entries: readonly Entry[]): Promise<string>;
  /** Stores chunks that keep their ids; resolves when they are durable. */
  addChunks(tenant: string, chunks: readonly Chunk[]): Promise<readonly CommittedChunk[]>;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
}

/** Where each entry comes when they are sorted by time; entries of one millisecond keep their order. */
const placesByTime = (entries: readonly Entry[]): Uint32Array => {
  const order = Uint32Array.from(entries, (_, index) => index);
  order.sort((a, b) => (entries[a]?.timestamp ?? 0) - (entries[b]?.timestamp ?? 0) || a - b);
  const places = new Uint32Array(order.length);
  for (const [place, index] of order.entries()) places[index] = place;
  return places;
};

interface SharedTask {
  readonly tenant: string;
  readonly waiting: readonly WaitingEntries[];
  readonly seed: IdSeed;
  readonly encodeChunk: EncodeChunk;
}

/** Encodes the entries of several requests of one tenant together. */
const shareOfEntries = ({ tenant, waiting, seed, encodeChunk }: SharedTask): Share => {
  const entries = waiting.flatMap((one) => one.entries);
  const places = placesByTime(entries);
  const sorted = new Array<Entry>(entries.length);
  for (const [index, entry] of entries.entries()) sorted[places[index] ?? 0] = entry;
  const slices = encodeSlices(sorted, { seed }, encodeChunk);
  const answer = (committed: readonly CommittedChunk[]) => {
    let taken = 0;
    for (const one of waiting) {
      const place = places[taken] ?? 0;
      const index = slices.findIndex(({ end }) => place < end);
      const { id } = committed[index] as CommittedChunk; // the slices hold every place
      one.resolve(logIdAt(id, place - (slices[index]?.start ?? 0)));
      taken += one.entries.length;
    }
  };
  const refuse = (error: unknown) => {
    for (const one of waiting) one.reject(error);
  };
  return { chunks: slices.map(({ chunk }) => ({ tenant, ...chunk })), answer, refuse };
};

const shareOfChunks = ({ tenant, chunks, resolve, reject }: WaitingChunks): Share => ({
  chunks: chunks.map((chunk) => ({ tenant, ...chunk })),
  answer: resolve,
  refuse: reject,
});

const sharesOf = (
  waiting: readonly Waiting[],
  { nextSeed }: CommitDeps,
  encodeChunk: EncodeChunk,
): Share[] => {
  const entries = Map.groupBy(
    waiting.filter((one) => one.kind === "entries"),
    (one) => one.tenant,
  );
  return [
    ...Array.from(entries, ([tenant, group]) =>
      shareOfEntries({ tenant, waiting: group, seed: nextSeed(), encodeChunk }),
    ),
    ...waiting.filter((one) => one.kind === "chunks").map(shareOfChunks),
  ];
};

export const createGroupCommit = (deps: GroupCommitDeps): GroupCommit => {
  const { encode } = createChunkEncoder();
  let queue: Waiting[] = [];
  let running: Promise<void> | undefined;

  const commit = async (waiting: readonly Waiting[]) => {
    try {
      await commitShares(deps, sharesOf(waiting, deps, encode));
    } catch (error) {
      for (const one of waiting) one.reject(error);
    }
  };

  const run = async () => {
    while (queue.length > 0) {
      await deps.nextTurn();
      const waiting = queue;
      queue = [];
      await commit(waiting);
    }
    running = undefined;
  };

  const add = (waiting: Waiting) => {
    queue.push(waiting);
    running ??= run();
  };

  return {
    addEntries: (tenant, entries) =>
      new Promise((resolve, reject) => add({ kind: "entries", tenant, entries, resolve, reject })),
    addChunks: (tenant, chunks) =>
      new Promise((resolve, reject) => add({ kind: "chunks", tenant, chunks, resolve, reject })),
    settled: async () => {
      await running;
    },
  };
};
