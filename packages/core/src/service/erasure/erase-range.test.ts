import { all } from "@log-service/query";
import { describe, expect, it } from "vitest";
import { encodeChunk } from "../../chunk/encode.ts";
import { chunkAt } from "../../chunk/test/chunk-at.ts";
import { logIdAt } from "../../entry/log-id.ts";
import type { ChunkStore, ReplaceOutcome, ScanRequest } from "../../store.ts";
import { mergeChunks } from "../compaction/merge-chunks.ts";
import { eraseMatches, eraseRange, type Match } from "./erase-range.ts";

const matchAt = (time: number): Match => {
  const { chunk, bytes } = chunkAt(time);
  return { chunk, bytes, count: 1, logId: logIdAt(chunk.meta.id, 0) };
};

const depsOf = (store: object) => ({
  store: store as ChunkStore, // nothing else of it is asked
  nextSeed: () => ({ high: 0, low: 2 }),
  merge: async (task: Parameters<typeof mergeChunks>[0]) => mergeChunks(task, encodeChunk),
  rest: async () => undefined,
  timer: () => 0,
});

const planTo = (to: number) => ({
  tenant: "t",
  filter: all,
  from: 0,
  to,
  signal: new AbortController().signal,
  onDamage: () => undefined,
});

/** Erases from three chunks that can be replaced one by one only, with these outcomes. */
const eraseThree = async (outcomes: readonly ReplaceOutcome[]) => {
  const matches = [matchAt(1), matchAt(2), matchAt(3)];
  const outcomeOf = new Map(matches.map(({ chunk }, at) => [chunk.meta.id, outcomes[at]!]));
  const store: Pick<ChunkStore, "replace"> & { readonly capabilities: object } = {
    capabilities: { canReplace: true },
    replace: async ({ old: [first, ...more] }) =>
      more.length > 0 ? "busy" : outcomeOf.get(first!.id)!,
  };
  return eraseMatches(depsOf(store), planTo(10), matches, (_, run) => run());
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

const hourMs = 3_600_000;

describe("eraseRange", () => {
  it("tells how far it has come, also where there is something to erase all the way", async () => {
    const chunks = [0, 1, 2].map((hour) => matchAt(hour * hourMs + 1).chunk);
    const store = {
      capabilities: { canReplace: false },
      scan: async function* ({ startAt }: ScanRequest) {
        yield chunks.slice(
          Math.max(
            0,
            chunks.findIndex(({ position }) => position === startAt),
          ),
        );
      },
      rewrite: async () => "replaced",
    };
    const reached: number[] = [];
    const before: (number | undefined)[] = [];
    const onReached = (time: number) => void reached.push(time);
    await eraseRange(depsOf(store), { ...planTo(3 * hourMs), onReached }, (_, run) => {
      before.push(reached.at(-1));
      return run();
    });
    // A step is written down with what was reached before it: what a process that goes on need not read again.
    expect(before).toEqual([1, hourMs + 1, 2 * hourMs + 1]);
  });
});
