import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createTestChunk, someTime } from "../conformance/chunks.ts";
import { readAll } from "../conformance/test-store.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import { createTestFolder } from "./test-folder.ts";

const childPath = fileURLToPath(new URL("./test-child.ts", import.meta.url));

const startChild = (folder: string) => {
  const child = spawn(process.execPath, [childPath, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, lines };
};

const kill = async (child: ChildProcess): Promise<void> => {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
};

describe("the folder of a store", () => {
  it("has one owner in a process", async () => {
    using folder = createTestFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    await expect(openSqliteStore({ folder: folder.path })).rejects.toMatchObject({
      code: "STORE_IN_USE",
      message: `the folder ${folder.path} is in use by process ${process.pid}; one process owns it`,
    });
    // The refusal has not taken the lock away.
    await expect(openSqliteStore({ folder: folder.path })).rejects.toThrow("in use");
    expect(await store.put([createTestChunk()])).toEqual(["stored"]);
  });

  it("is free again when the store is closed", async () => {
    using folder = createTestFolder();
    for (const seed of [1, 2, 3]) {
      await using store = await openSqliteStore({ folder: folder.path });
      await store.put([createTestChunk({ seed, maxTime: someTime })]);
      expect(await readAll(store, { tenant: "a" })).toHaveLength(seed);
    }
  });

  it("belongs to the process that opened it until that is killed, and has all it acknowledged", async () => {
    using folder = createTestFolder();
    let acknowledged = 0;
    for (const linesWanted of [1, 40, 90]) {
      const { child, lines } = startChild(folder.path);
      let line = await lines.next();
      await expect(openSqliteStore({ folder: folder.path })).rejects.toMatchObject({
        code: "STORE_IN_USE",
        message: `the folder ${folder.path} is in use by process ${child.pid}; one process owns it`,
      });
      for (let count = 0; count < linesWanted; count++) line = await lines.next();
      acknowledged = Math.max(acknowledged, Number(line.value));
      await kill(child);
    }
    await using store = await openSqliteStore({ folder: folder.path });
    for (const tenant of ["a", "b"]) {
      const found = await readAll(store, { tenant, order: "oldest" });
      const numbers = found.map(({ meta }) => meta.maxTime % 86_400_000);
      const expected = Array.from({ length: found.length }, (_, index) => index + 1);
      expect(numbers).toEqual(expected);
      expect(found.length).toBeGreaterThanOrEqual(acknowledged);
      const read = await Promise.all(found.map((chunk) => chunk.bytes()));
      expect(new Set(read.map((bytes) => bytes.length)).size).toBe(1);
    }
    const held = await store.reserve({
      tenant: "a",
      key: `${acknowledged}`,
      value: "other",
      now: 0,
      expiresAt: 1,
    });
    expect(held).toBe(`${acknowledged}`);
  });
});
