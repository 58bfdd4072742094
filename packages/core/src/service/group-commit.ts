import type { Chunk } from "../chunk/chunk.ts";
import { createChunkEncoder } from "../chunk/encode.ts";
import type { ParseContext } from "../entry/index.ts";
import { type CommitDeps, type CommittedChunk, commitShares, type Share } from "./commit-shares.ts";
import { encodeShared, type SmallBody } from "./encode-shared.ts";
import type { IngestReport } from "./ingest.ts";
import { type StoredBody, shareOf, type WaitingBody } from "./share-bodies.ts";
import type { EncodeChunk } from "./split.ts";

interface GroupCommitDeps extends CommitDeps {
  /** What small bodies of a tenant are parsed by now. */
  readonly context: (tenant: string) => ParseContext;
  readonly onIngest: (report: IngestReport) => void;
  /** Resolves when what has already arrived has been handled; a commit waits for it, so that more can join. */
  readonly nextTurn: () => Promise<void>;
}

interface WaitingChunks {
  readonly chunks: readonly Chunk[];
  readonly resolve: (committed: readonly CommittedChunk[]) => void;
  readonly reject: (error: unknown) => void;
}

type Waiting = { readonly tenant: string } & (WaitingBody | WaitingChunks);

/**
 * Gathers what waits for the same commit. Small requests of one tenant share chunks, with consecutive ids: single
 * posts would otherwise cost a chunk and a sync each.
 */
export interface GroupCommit {
  /** Stores the entries of a body in chunks shared with others; resolves when they are durable. */
  addBody(tenant: string, body: SmallBody): Promise<StoredBody>;
  /** Stores chunks that keep their ids; resolves when they are durable. */
  addChunks(tenant: string, chunks: readonly Chunk[]): Promise<readonly CommittedChunk[]>;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
}

const shareOfChunks = (tenant: string, { chunks, resolve, reject }: WaitingChunks): Share => ({
  chunks: chunks.map((chunk) => ({ tenant, ...chunk })),
  answer: resolve,
  refuse: reject,
});

const shareOfBodies = (
  deps: GroupCommitDeps,
  encodeChunk: EncodeChunk,
  tenant: string,
  waiting: readonly WaitingBody[],
): Share | undefined => {
  const { context, nextSeed, onIngest } = deps;
  try {
    const bodies = waiting.map(({ body }) => body);
    const task = { bodies, context: context(tenant), seed: nextSeed() };
    return shareOf(encodeShared(task, encodeChunk), { tenant, waiting, onIngest });
  } catch (error) {
    for (const one of waiting) one.reject(error);
    return undefined;
  }
};

/** Encodes the bodies of each tenant together. */
const sharesOf = (
  deps: GroupCommitDeps,
  encodeChunk: EncodeChunk,
  waiting: readonly Waiting[],
): Share[] => {
  const bodies = Map.groupBy(
    waiting.filter((one) => "body" in one),
    (one) => one.tenant,
  );
  const shared = Array.from(bodies, ([tenant, group]) =>
    shareOfBodies(deps, encodeChunk, tenant, group),
  );
  return [
    ...shared.filter((share) => share !== undefined),
    ...waiting.filter((one) => "chunks" in one).map((one) => shareOfChunks(one.tenant, one)),
  ];
};

export const createGroupCommit = (deps: GroupCommitDeps): GroupCommit => {
  const { encode } = createChunkEncoder();
  let queue: Waiting[] = [];
  let running: Promise<void> | undefined;

  const commit = async (shares: readonly Share[]) => {
    try {
      if (shares.length > 0) await commitShares(deps, shares);
    } catch (error) {
      for (const share of shares) share.refuse(error);
    }
  };

  /** The next group is encoded while the one before is committed. */
  const run = async () => {
    let committed = Promise.resolve();
    while (queue.length > 0) {
      await deps.nextTurn();
      const waiting = queue;
      queue = [];
      const shares = sharesOf(deps, encode, waiting);
      await committed;
      committed = commit(shares);
      if (queue.length === 0) await committed;
    }
    running = undefined;
  };

  const add = (waiting: Waiting) => {
    queue.push(waiting);
    running ??= run();
  };

  return {
    addBody: (tenant, body) =>
      new Promise((resolve, reject) => add({ tenant, body, resolve, reject })),
    addChunks: (tenant, chunks) =>
      new Promise((resolve, reject) => add({ tenant, chunks, resolve, reject })),
    settled: async () => {
      await running;
    },
  };
};
