import { all } from "@log-service/query";
import { describe, expect, it } from "vitest";
import { encodeChunk } from "../../chunk/encode.ts";
import { chunkAt } from "../../chunk/test/chunk-at.ts";
import { logIdAt } from "../../entry/log-id.ts";
import type { ChunkStore, ReplaceOutcome } from "../../store.ts";
import { mergeChunks } from "../compaction/merge-chunks.ts";
import { eraseMatches, type Match } from "./erase-range.ts";

const matchAt = (time: number): Match => {
  const { chunk, bytes } = chunkAt(time);
  return { chunk, bytes, count: 1, logId: logIdAt(chunk.meta.id, 0) };
};

/** Erases from three chunks that can be replaced one by one only, with these outcomes. */
const eraseThree = async (outcomes: readonly ReplaceOutcome[]) => {
  const matches = [matchAt(1), matchAt(2), matchAt(3)];
  const outcomeOf = new Map(matches.map(({ chunk }, at) => [chunk.meta.id, outcomes[at]!]));
  const store: Pick<ChunkStore, "replace"> & { readonly capabilities: object } = {
    capabilities: { canReplace: true },
    replace: async ({ old: [first, ...more] }) =>
      more.length > 0 ? "busy" : outcomeOf.get(first!.id)!,
  };
  const deps = {
    store: store as ChunkStore, // nothing else of it is asked
    nextSeed: () => ({ high: 0, low: 2 }),
    merge: async (task: Parameters<typeof mergeChunks>[0]) => mergeChunks(task, encodeChunk),
    rest: async () => undefined,
    timer: () => 0,
  };
  const plan = {
    tenant: "t",
    filter: all,
    from: 0,
    to: 10,
    signal: new AbortController().signal,
    onDamage: () => undefined,
  };
  return eraseMatches(deps, plan, matches, (_, run) => run());
};

describe("eraseMatches", () => {
  it.each<[ReplaceOutcome, ReplaceOutcome[]]>([
    ["replaced", ["replaced", "replaced", "replaced"]],
    ["gone", ["replaced", "gone", "replaced"]],
    ["busy", ["replaced", "busy", "gone"]],
    ["busy", ["gone", "busy", "replaced"]],
  ])("tells %s when the chunks are %j", async (worst, outcomes) => {
    expect(await eraseThree(outcomes)).toBe(worst);
  });
});
