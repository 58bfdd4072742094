import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTestChunks, someTime } from "../conformance/chunks.ts";
import { age, mergeAll } from "../conformance/merging.ts";
import { createTestClock, idsOf, readAll } from "../conformance/test-store.ts";
import { silentLog } from "./log.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import { createTestFolder } from "./test-folder.ts";

const failed = Object.assign(new Error("EIO: i/o error, fdatasync"), {
  code: "EIO",
  syscall: "fdatasync",
});

describe("the sync of a put", () => {
  it("is awaited, also by whoever finds the chunk there while it is under way", async () => {
    using folder = createTestFolder();
    const pending: PromiseWithResolvers<void>[] = [];
    const syncLog = () => {
      pending.push(Promise.withResolvers<void>());
      return pending.at(-1)!.promise;
    };
    await using store = await openSqliteStore({ folder: folder.path, syncLog });
    const chunks = createTestChunks(1, () => ({ maxTime: someTime }));
    const answered: string[] = [];
    const first = store.put(chunks).then(([outcome]) => answered.push(`first ${outcome}`));
    const second = store.put(chunks).then(([outcome]) => answered.push(`second ${outcome}`));
    await expect.poll(() => pending.length).toBe(2);
    expect(idsOf(await readAll(store, { tenant: "a" }))).toEqual(idsOf(chunks));
    expect(answered).toEqual([]);
    pending[0]!.resolve();
    await first;
    expect(answered).toEqual(["first stored"]);
    pending[1]!.resolve();
    await second;
    expect(answered).toEqual(["first stored", "second present"]);
  });

  it("refuses everything after it failed, until the store is opened again", async () => {
    using folder = createTestFolder();
    const [kept, lost, later] = createTestChunks(3, (index) => ({ maxTime: someTime + index }));
    const results = [Promise.resolve(), Promise.reject(failed), Promise.resolve()];
    results[1]!.catch(() => undefined);
    const syncLog = () => results.shift()!;
    const refusal = { code: "STORE_UNAVAILABLE", retryAfterMs: 5000, cause: failed };
    {
      await using store = await openSqliteStore({ folder: folder.path, syncLog });
      await store.put([kept!]);
      await expect(store.put([lost!])).rejects.toMatchObject(refusal);
      await expect(store.put([later!])).rejects.toMatchObject(refusal);
      await expect(store.check()).rejects.toMatchObject(refusal);
      expect(idsOf(await readAll(store, { tenant: "a" }))).toContain(kept!.meta.id);
    }
    await using store = await openSqliteStore({ folder: folder.path });
    expect(await store.put([kept!, later!])).toEqual(["present", "stored"]);
  });

  it("empties no log after it failed: what is in memory may not be what was written", async () => {
    using folder = createTestFolder();
    const [lost] = createTestChunks(1, () => ({ maxTime: someTime }));
    const warned: string[] = [];
    const log = { ...silentLog, warn: (message: string) => void warned.push(message) };
    const syncLog = () => Promise.reject(failed);
    await using store = await openSqliteStore({ folder: folder.path, syncLog, log });
    await expect(store.put([lost!])).rejects.toMatchObject({ cause: failed });
    await expect.poll(() => warned).toEqual(["the logs of the store could not be emptied"]);
    const logs = readdirSync(folder.path).filter((name) => /^\d.*-wal$/.test(name));
    expect(logs.map((name) => statSync(join(folder.path, name)).size > 0)).toEqual([true]);
  });

  it("replaces nothing after it failed: what a merge reads may not be on the disk", async () => {
    using folder = createTestFolder();
    const clock = createTestClock();
    const [lost, ...chunks] = createTestChunks(3, (index) => ({ maxTime: someTime + index }));
    let sync = async (): Promise<void> => undefined;
    const options = { folder: folder.path, clock: clock.now, syncLog: () => sync() };
    await using store = await openSqliteStore(options);
    await store.put(chunks);
    await age(store, clock);
    sync = () => Promise.reject(failed);
    const refusal = { code: "STORE_UNAVAILABLE", cause: failed };
    await expect(store.put([lost!])).rejects.toMatchObject(refusal);
    sync = async () => undefined;
    await expect(store.replace(mergeAll(chunks))).rejects.toMatchObject(refusal);
    expect(idsOf(await readAll(store, { tenant: "a" }))).toEqual(
      expect.arrayContaining(idsOf(chunks)),
    );
  });
});
