import type { Chunk } from "../chunk/chunk.ts";
import type { Entry } from "../entry/entry.ts";
import { type IdSeed, logIdAt } from "../entry/log-id.ts";
import { type CommitDeps, type CommittedChunk, commitShares, type Share } from "./commit-shares.ts";
import { encodeSlices } from "./split.ts";

interface GroupCommitDeps extends CommitDeps {
  /** Resolves when what has already arrived has been handled; a commit waits for it, so that more can join. */
  readonly nextTurn: () => Promise<void>;
}

interface WaitingEntries {
  readonly kind: "entries";
  readonly tenant: string;
  readonly entries: readonly Entry[];
  readonly resolve: (logIds: readonly string[]) => void;
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
  /** Stores entries in chunks shared with others; resolves with their ids when they are durable. */
  addEntries(tenant: string, entries: readonly Entry[]): Promise<readonly string[]>;
  /** Stores chunks that keep their ids; resolves when they are durable. */
  addChunks(tenant: string, chunks: readonly Chunk[]): Promise<readonly CommittedChunk[]>;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
}

/** Encodes the entries of several requests of one tenant together. */
const shareOfEntries = (
  tenant: string,
  waiting: readonly WaitingEntries[],
  seed: IdSeed,
): Share => {
  const entries = waiting.flatMap((one) => one.entries);
  const order = entries.map((_, index) => index);
  order.sort((a, b) => (entries[a]?.timestamp ?? 0) - (entries[b]?.timestamp ?? 0) || a - b);
  const sorted = order.map((index) => entries[index] as Entry); // `order` is a permutation of the indices
  const slices = encodeSlices(sorted, { seed });
  const answer = (committed: readonly CommittedChunk[]) => {
    const ids = new Array<string>(entries.length);
    for (const [index, { start, end }] of slices.entries())
      for (let place = start; place < end; place++)
        ids[order[place] ?? 0] = logIdAt(committed[index]?.id ?? "", place - start);
    let taken = 0;
    for (const one of waiting) {
      one.resolve(ids.slice(taken, taken + one.entries.length));
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

const sharesOf = (waiting: readonly Waiting[], nextSeed: () => IdSeed): Share[] => {
  const entries = Map.groupBy(
    waiting.filter((one) => one.kind === "entries"),
    (one) => one.tenant,
  );
  return [
    ...Array.from(entries, ([tenant, group]) => shareOfEntries(tenant, group, nextSeed())),
    ...waiting.filter((one) => one.kind === "chunks").map(shareOfChunks),
  ];
};

export const createGroupCommit = (deps: GroupCommitDeps): GroupCommit => {
  let queue: Waiting[] = [];
  let running: Promise<void> | undefined;

  const commit = async (waiting: readonly Waiting[]) => {
    try {
      await commitShares(deps, sharesOf(waiting, deps.nextSeed));
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
