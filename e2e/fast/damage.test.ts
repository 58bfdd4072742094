import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDataFolder, type DataFolder } from "../harness/data-folder.ts";
import { startServer } from "../harness/server.ts";

const dayMs = 86_400_000;

let folder: DataFolder;
/** Read once for each test: midnight may pass in the middle of it, and its days must stay the same. */
let now: number;
let yesterday: number;

beforeEach(async () => {
  now = Date.now();
  yesterday = now - dayMs;
  folder = await createDataFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

const dayFileOf = (time: number) => `${new Date(time).toISOString().slice(0, 10)}.db`;

const post = async (url: string, name: string, time: number, count = 300) => {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({ severity: "info", message: `${name} ${index}`, timestamp: time, index }),
  );
  const headers = { "content-type": "application/x-ndjson" };
  const response = await fetch(`${url}/logs`, { method: "POST", headers, body: lines.join("\n") });
  expect(response.status).toBe(201);
};

interface Answer {
  readonly logs: readonly { readonly message: string }[];
  readonly warnings?: readonly { readonly code: string; readonly message: string }[];
}

const search = async (url: string, query = ""): Promise<Answer> => {
  const response = await fetch(`${url}/logs?limit=1000${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer; // the contract's tests hold its shape
};

const damageTotal = async (url: string) => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^log_service_damage_total (\d+)/m.exec(text)?.[1]);
};

/** Overwrites the file from a share of its length on. */
const overwrite = async (name: string, from: number) => {
  const path = join(folder.path, name);
  const { size } = await stat(path);
  await using file = await open(path, "r+");
  await file.write(
    Buffer.alloc(Math.floor(size * (1 - from)), 0xa5),
    0,
    undefined,
    Math.floor(size * from),
  );
};

/** Fills two days and stops, so that everything lies in the files themselves. */
const fillTwoDays = async () => {
  await using server = await startServer({ dataFolder: folder.path });
  for (let batch = 0; batch < 5; batch++) await post(server.url, `old-${batch}`, yesterday);
  await post(server.url, "today", now, 50);
  await server.kill("SIGTERM");
};

describe("a damaged file of a day", () => {
  it.each([
    ["whose second half is overwritten", 0.5],
    ["of which nothing is left", 0],
  ])("%s, under a running server, is named and costs that day at most", async (_, from) => {
    await fillTwoDays();
    await using server = await startServer({ dataFolder: folder.path });
    await overwrite(dayFileOf(yesterday), from);
    const answer = await search(server.url);
    expect(answer.warnings?.[0]).toMatchObject({
      code: "CHUNK_CORRUPT",
      // The day, or those of its chunks whose bytes were hit.
      message: expect.stringMatching(
        new RegExp(`${dayFileOf(yesterday).slice(0, 10)}|the chunk [-0-9a-f]{36} is damaged`),
      ),
    });
    const messages = answer.logs.map((one) => one.message);
    expect(messages.filter((one) => one.startsWith("today"))).toHaveLength(50);
    expect(messages.filter((one) => !/^(today|old-\d) \d+$/.test(one))).toEqual([]);
    expect(await damageTotal(server.url)).toBeGreaterThan(0);
    expect(server.log()).toMatch(/"level":"error".*damaged/);
    // Ingest goes on, on both days.
    await post(server.url, "new", now, 10);
    await post(server.url, "late", yesterday, 10);
    const after = (await search(server.url)).logs.map((one) => one.message);
    expect(after).toEqual(expect.arrayContaining(["new 0", "new 9", "late 0", "late 9"]));
  });

  it("is named again after a restart, keeps what can be read, and takes new entries", async () => {
    await fillTwoDays();
    await overwrite(dayFileOf(yesterday), 0.6);
    await using server = await startServer({ dataFolder: folder.path });
    expect((await search(server.url)).warnings?.length).toBeGreaterThan(0);
    await post(server.url, "late", yesterday, 10);
    const old = await search(server.url, `&to=${now - dayMs / 2}`);
    expect(old.logs.map((one) => one.message)).toEqual(expect.arrayContaining(["late 0"]));
    await server.kill("SIGTERM");
    await using next = await startServer({ dataFolder: folder.path });
    const answer = await search(next.url);
    expect(answer.warnings?.length).toBeGreaterThan(0);
    expect(answer.logs.map((one) => one.message)).toEqual(
      expect.arrayContaining(["today 0", "late 9"]),
    );
    expect(await readdir(folder.path)).toEqual(
      expect.arrayContaining([dayFileOf(yesterday), dayFileOf(now)]),
    );
  });

  it("of the keys costs the keys, and nothing else", async () => {
    await fillTwoDays();
    await overwrite("meta.db", 0);
    await using server = await startServer({ dataFolder: folder.path });
    expect(server.log()).toMatch(/meta\.db is damaged/);
    await post(server.url, "new", now, 10);
    expect((await search(server.url)).logs).toHaveLength(1000);
  });
});
