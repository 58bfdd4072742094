import { renameChunk } from "../chunk/rename.ts";
import { createChunkId, type IdSeed } from "../entry/log-id.ts";
import type { ChunkSink, TenantChunk } from "../store.ts";

export interface CommitReport {
  readonly entries: number;
  readonly chunks: number;
  readonly bytes: number;
}

export interface CommitDeps {
  readonly store: ChunkSink;
  readonly nextSeed: () => IdSeed;
  readonly onCommit: (report: CommitReport) => void;
}

/** What became of a chunk. Its id differs from the one asked for when that was taken by other content. */
export interface CommittedChunk {
  readonly id: string;
  readonly wasPresent: boolean;
}

/** A part of a commit that succeeds or fails on its own. */
export interface Share {
  readonly chunks: readonly TenantChunk[];
  answer(committed: readonly CommittedChunk[]): void;
  refuse(error: unknown): void;
}

/**
 * Stores one chunk under a fresh id after its own turned out to be another content's: nothing accepted is dropped. Rare: it
 * happens when two batches hash to the same id.
 */
const putRenamed = async (deps: CommitDeps, chunk: TenantChunk): Promise<CommittedChunk> => {
  const id = createChunkId(chunk.meta.maxTime, deps.nextSeed(), 0);
  const renamed = { tenant: chunk.tenant, ...renameChunk(chunk, id) };
  const [outcome] = await deps.store.put([renamed]);
  return outcome === "conflict"
    ? putRenamed(deps, chunk)
    : { id: renamed.meta.id, wasPresent: outcome === "present" };
};

const put = async (deps: CommitDeps, chunks: readonly TenantChunk[]): Promise<CommittedChunk[]> => {
  const outcomes = await deps.store.put(chunks);
  return Promise.all(
    chunks.map((chunk, index) =>
      outcomes[index] === "conflict"
        ? putRenamed(deps, chunk)
        : { id: chunk.meta.id, wasPresent: outcomes[index] === "present" },
    ),
  );
};

const reportOf = (chunks: readonly TenantChunk[]): CommitReport => ({
  entries: chunks.reduce((sum, chunk) => sum + chunk.meta.count, 0),
  chunks: chunks.length,
  bytes: chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0),
});

/** Stores all shares in one commit, and answers each. When that fails, each is tried on its own. */
export const commitShares = async (deps: CommitDeps, shares: readonly Share[]): Promise<void> => {
  const chunks = shares.flatMap((share) => share.chunks);
  let committed: CommittedChunk[];
  try {
    committed = await put(deps, chunks);
  } catch (error) {
    // One tenant's damaged day must not refuse what shares a commit with it. Putting again is safe: ids are kept.
    if (shares.length > 1) for (const share of shares) await commitShares(deps, [share]);
    else for (const share of shares) share.refuse(error);
    return;
  }
  deps.onCommit(reportOf(chunks));
  let taken = 0;
  for (const share of shares) {
    share.answer(committed.slice(taken, taken + share.chunks.length));
    taken += share.chunks.length;
  }
};
