import { expect, it } from "vitest";
import { chunkAt } from "../chunk/test/chunk-at.ts";
import type { StoredChunk } from "../store.ts";
import { createReaderCache } from "./reader-cache.ts";

const countedAt = (time: number) => {
  const { chunk: plain, bytes } = chunkAt(time);
  let reads = 0;
  const chunk: StoredChunk = {
    ...plain,
    bytes: async () => {
      reads++;
      return bytes;
    },
  };
  return { chunk, size: bytes.length, reads: () => reads };
};

const isToKeep = { isToKeep: true };

it("reads a chunk once while it is among those that were used last", async () => {
  const [a, b, c] = [countedAt(1), countedAt(2), countedAt(3)];
  // Two of them: each takes some 50 kB, though it is stored in a hundred bytes.
  const cache = createReaderCache(128 * 1024);
  for (const { chunk } of [a, b, a, c, a]) await cache.open("t", chunk, isToKeep);
  expect([a.reads(), b.reads(), c.reads()]).toEqual([1, 1, 1]);
  await cache.open("t", b.chunk, isToKeep);
  expect(b.reads()).toBe(2);
});

it("says what was read for it: nothing when it was open", async () => {
  const { chunk, size } = countedAt(1);
  const cache = createReaderCache(1e6);
  expect((await cache.open("t", chunk, isToKeep)).bytesRead).toBe(size);
  expect((await cache.open("t", chunk, isToKeep)).bytesRead).toBe(0);
});

it("keeps nothing for another tenant, and nothing that is not to be kept", async () => {
  const { chunk, reads } = countedAt(1);
  const cache = createReaderCache(1e6);
  await cache.open("a", chunk, { isToKeep: false });
  await cache.open("a", chunk, isToKeep);
  await cache.open("b", chunk, isToKeep);
  expect(reads()).toBe(3);
});
