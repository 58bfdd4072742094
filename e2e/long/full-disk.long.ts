import { spawnSync } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createDataFolder } from "../harness/data-folder.ts";
import { attempt, fill, keysWith, messagesOf, storedMessages } from "../harness/full-disk.ts";
import { startServer } from "../harness/server.ts";

/** A small file system of its own. Only root may mount one. */
const mount = (path: string, size: string): AsyncDisposable | undefined => {
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", path]);
  if (status !== 0) return undefined;
  return { [Symbol.asyncDispose]: async () => void spawnSync("umount", [path]) };
};

const canMount = await (async () => {
  await using folder = await createDataFolder();
  const mounted = mount(folder.path, "1m");
  await mounted?.[Symbol.asyncDispose]();
  if (mounted) return true;
  const message = "a full file system was not tested: only root can mount a small one";
  if (process.env.CI === "true") throw new Error(message);
  console.warn(`LEFT OUT: ${message}`);
  return false;
})();

describe.runIf(canMount)("a full file system", () => {
  it("is answered with 503 STORE_FULL, loses nothing, and is left behind when there is room", async () => {
    await using folder = await createDataFolder();
    await using _mounted = mount(folder.path, "24m");
    const ballast = join(folder.path, "ballast");
    await writeFile(ballast, Buffer.alloc(20 * 2 ** 20));
    const dataFolder = join(folder.path, "data");
    await using server = await startServer({ dataFolder });
    const attempts = await fill(server.url, "first");
    const refused = attempts.filter((one) => one.status !== 201);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    for (const one of refused)
      expect(one).toMatchObject({ status: 503, code: "STORE_FULL", retryAfter: "10" });
    const ready = await fetch(`${server.url}/ready`);
    expect(ready.status).toBe(503);
    const acknowledged = keysWith(attempts, 201);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(await storedMessages(server.url)).toEqual(messagesOf(acknowledged));

    await rm(ballast);
    for (const key of keysWith(refused, 503))
      expect(await attempt(server.url, key)).toMatchObject({ status: 201 });
    const all = messagesOf(attempts.map((one) => one.key));
    expect(await storedMessages(server.url)).toEqual(all);
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    await server.kill("SIGKILL");
    await using next = await startServer({ dataFolder });
    expect(await storedMessages(next.url)).toEqual(all);
    await next.kill("SIGTERM");
  });

  it("that is full from the start is refused or served, and takes entries when there is room", async () => {
    await using folder = await createDataFolder();
    await using _mounted = mount(folder.path, "9m");
    const ballast = join(folder.path, "ballast");
    const dataFolder = join(folder.path, "data");
    await using first = await startServer({ dataFolder });
    expect(await attempt(first.url, "before")).toMatchObject({ status: 201 });
    await first.kill("SIGKILL");
    // As much as there is room for: the last write fails, which is the point.
    await writeFile(ballast, Buffer.alloc(9 * 2 ** 20)).catch(() => undefined);
    await using full = await startServer({ dataFolder });
    expect(await storedMessages(full.url)).toEqual(messagesOf(["before"]));
    expect(await attempt(full.url, "while")).toMatchObject({ status: 503, code: "STORE_FULL" });
    await rm(ballast);
    expect(await attempt(full.url, "while")).toMatchObject({ status: 201 });
    expect(await storedMessages(full.url)).toEqual(messagesOf(["before", "while"]));
    await full.kill("SIGTERM");
  });
});
