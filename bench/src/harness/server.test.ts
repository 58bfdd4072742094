import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { fill, prepareRequests, sendFor } from "../client/load.ts";
import { postRequest } from "../client/request.ts";
import { batchesOf25, batchesOf1000, singlePosts } from "../client/shape.ts";
import { createGenerator } from "../generator/index.ts";
import { createCleanup } from "./cleanup.ts";
import { startServer } from "./server.ts";

const command = `exec node ${fileURLToPath(new URL("./stub-server.ts", import.meta.url))}`;
const cleanup = createCleanup();
afterEach(cleanup.run);

const generatorOf = (seed: number) =>
  createGenerator({ seed, startTime: Date.parse("2026-11-22T09:00:00Z"), producers: 20 });

describe("the harness", () => {
  it("starts a server, tells its memory, and leaves nothing behind", async () => {
    const server = await startServer({ command, cleanup });
    expect(await server.peakMemoryBytes()).toBeGreaterThan(2 ** 20);
    expect(await server.diskBytes()).toBe(0);
    expect(await server.cpuSeconds()).toBeGreaterThan(0);
    const { host, port } = server.target;
    await server[Symbol.asyncDispose]();
    await expect(fetch(`http://${host}:${port}/health`)).rejects.toThrow("fetch failed");
  });

  it("passes on the last words of a server that does not start", async () => {
    const missing = "/nowhere/server.ts";
    expect(existsSync(missing)).toBe(false);
    await expect(startServer({ command: `exec node ${missing}`, cleanup })).rejects.toThrow(
      "/nowhere/server.ts",
    );
  });

  it.each([
    [batchesOf1000, 4000],
    [batchesOf25, 1000],
    [singlePosts, 300],
  ])("fills a server with each entry once: $name", async (shape, count) => {
    await using server = await startServer({ command, cleanup });
    const rawBytes = await fill(server.target, shape, generatorOf(1), count);
    const { host, port } = server.target;
    const response = await fetch(`http://${host}:${port}/seen`);
    const seen: Record<string, number> = JSON.parse(await response.text());
    expect(Object.keys(seen)).toHaveLength(count);
    expect(new Set(Object.values(seen))).toEqual(new Set([1]));
    expect(rawBytes / count).toBeGreaterThan(250);
  });

  it("sends prepared requests for a time and counts what was acknowledged", async () => {
    await using server = await startServer({ command, cleanup });
    const requests = prepareRequests(server.target, batchesOf25, generatorOf(1), 40);
    const { entriesPerSecond, latencies } = await sendFor(
      server.target,
      batchesOf25,
      requests,
      200,
    );
    const { host, port } = server.target;
    const response = await fetch(`http://${host}:${port}/seen`);
    const seen: Record<string, number> = JSON.parse(await response.text());
    const stored = Object.values(seen).reduce((sum, times) => sum + times, 0);
    expect(stored).toBe(latencies.length * 25);
    expect(entriesPerSecond).toBeGreaterThan(0);
  });

  it("fails on a refusal instead of measuring it", async () => {
    await using server = await startServer({ command, cleanup });
    const bad = postRequest(server.target, "application/json", '{"severity":"fatal"}');
    await expect(sendFor(server.target, singlePosts, [bad], 200)).rejects.toThrow(
      "SEVERITY_INVALID",
    );
  });
});
