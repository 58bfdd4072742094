import type { CallOptions, ChunkStore } from "@log-service/core";
import { describe, expect, it } from "vitest";
import { createTestChunk, createTestChunks, someTime } from "./chunks.ts";
import { musts } from "./musts.ts";
import { someReservation } from "./reserve-cases.ts";
import { everything, type OpenStore, readAll } from "./test-store.ts";

const calls: Readonly<
  Record<string, (store: ChunkStore, options?: CallOptions) => Promise<unknown>>
> = {
  put: (store, options) => store.put([createTestChunk()], options),
  scan: (store, options) => readAll(store, { tenant: "a" }, options),
  get: (store, options) => store.get("a", createTestChunk().meta.id, options),
  arrivals: (store, options) =>
    store.arrivals(
      { tenant: "a", after: undefined, limit: 10, onDamage: () => expect.unreachable() },
      options,
    ),
  reserve: (store, options) => store.reserve(someReservation, options),
  check: (store, options) => store.check(options),
};

const names = Object.keys(calls);

export const describeCalls = (openStore: OpenStore): void => {
  describe("every call", () => {
    it.each(names)(`${musts.abortRejects} (%s)`, async (name) => {
      await using opened = await openStore();
      const reason = new Error("the caller went away");
      const call = calls[name]!(opened.store, { signal: AbortSignal.abort(reason) });
      await expect(call).rejects.toBe(reason);
      // The store is as good as before.
      await calls[name]!(opened.store, { signal: new AbortController().signal });
    });

    it("ends a scan with the signal's reason when it aborts between two slices", async () => {
      await using opened = await openStore();
      await opened.store.put(createTestChunks(500, (index) => ({ maxTime: someTime + index })));
      const controller = new AbortController();
      const reason = new Error("the reader went away");
      const slices = opened.store
        .scan(
          { ...everything, tenant: "a", order: "newest", onDamage: () => expect.unreachable() },
          { signal: controller.signal },
        )
        [Symbol.asyncIterator]();
      expect((await slices.next()).done).toBe(false);
      controller.abort(reason);
      await expect(slices.next()).rejects.toBe(reason);
    });

    it("rejects the bytes of a chunk with the signal's reason", async () => {
      await using opened = await openStore();
      await opened.store.put([createTestChunk()]);
      const [chunk] = await readAll(opened.store, { tenant: "a" });
      const reason = new Error("the reader went away");
      await expect(chunk?.bytes({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });

    it.each(names)("is refused when the store is closed (%s)", async (name) => {
      await using opened = await openStore();
      await opened.store[Symbol.asyncDispose]();
      await expect(calls[name]!(opened.store)).rejects.toMatchObject({ code: "SHUTTING_DOWN" });
    });

    it("closes once, however often it is closed", async () => {
      await using opened = await openStore();
      await opened.store[Symbol.asyncDispose]();
      await opened.store[Symbol.asyncDispose]();
    });
  });
};
