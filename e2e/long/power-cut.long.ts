import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDataFolder, type DataFolder } from "../harness/data-folder.ts";
import {
  type Acknowledged,
  cutPower,
  type Recording,
  readMessages,
  record,
  removeCut,
  withService,
} from "../harness/durability/power-cut.ts";
import { createRandom, seedFrom } from "../harness/random.ts";
import { readAll } from "../harness/read-all.ts";
import { startServer } from "../harness/server.ts";
import { ndjson } from "../harness/service.ts";

const messagesOf = (batches: readonly Acknowledged[]) =>
  batches.flatMap(({ entries }) => entries.map(({ message }) => message)).toSorted();

const random = createRandom(seedFrom("POWER_CUT_SEED"));

let data: DataFolder;

beforeAll(async () => {
  data = await createDataFolder();
});

afterAll(() => data[Symbol.asyncDispose]());

/** Runs a server, posts batches, and kills it, so that its logs stay behind. */
const recordCrash = async (name: string, batches: number): Promise<Recording> => {
  const folder = join(data.path, name);
  await using server = await startServer({ dataFolder: folder });
  const recording = await record(server.url, folder, random, batches);
  await server.kill("SIGKILL");
  return recording;
};

/** What a store holds after a power cut, judged by what was acknowledged before it. */
const checkCut = async (recording: Recording, counts: Record<string, number>) => {
  const cut = await cutPower(recording, random);
  const { tear, kept, later, folder } = cut;
  counts[tear] = (counts[tear] ?? 0) + 1;
  await withService(folder, async (service, errors) => {
    const there = await readMessages(service);
    expect(errors).toEqual([]);
    expect(new Set(there).size, "doubled").toBe(there.length);
    const wanted = messagesOf(kept);
    const found = new Set(there);
    expect(
      wanted.filter((message) => !found.has(message)),
      "missing",
    ).toEqual([]);
    const sent = new Set(messagesOf(recording.acknowledged));
    expect(
      there.filter((message) => !sent.has(message)),
      "altered",
    ).toEqual([]);
    // The senders try again what they never heard of, and, being unsure, some of the rest.
    const again = [...kept.slice(-2), ...later.slice(0, 12)];
    for (const { key: idempotencyKey, entries } of again) {
      const request = {
        body: ndjson(entries),
        format: "ndjson" as const,
        // As the route says them, since a repeat must be the same in everything.
        textDefaults: { severity: "info", service: undefined } as const,
        idempotencyKey,
      };
      const { accepted } = await service.ingest("default", request);
      expect(accepted).toBe(entries.length);
    }
    const all = await readMessages(service);
    const expected = new Set([...there, ...messagesOf(again)]);
    expect(all.toSorted()).toEqual([...expected].toSorted());
  });
  removeCut(cut);
};

describe("a power cut", () => {
  it("loses nothing that was acknowledged before it, at 250 places of a log in its first life", async () => {
    const recording = await recordCrash("first-life", 150);
    const counts: Record<string, number> = {};
    for (let cut = 0; cut < 250; cut++) await checkCut(recording, counts);
    console.table([{ ...counts, logBytes: recording.acknowledged.at(-1)?.day.end }]);
    expect(Object.keys(counts).toSorted()).toEqual(["cut", "garbage", "hole", "zeroed"]);
  });

  it("loses nothing that was acknowledged before it, at 100 places of a log that has begun anew", async () => {
    const recording = await recordCrash("begun-anew", 1300);
    const generations = new Set(recording.acknowledged.map(({ day }) => day.generation));
    expect(generations.size).toBeGreaterThan(1);
    const counts: Record<string, number> = {};
    for (let cut = 0; cut < 100; cut++) await checkCut(recording, counts);
    console.table([{ ...counts, logBytes: recording.acknowledged.at(-1)?.day.end }]);
  });
});

describe("a data folder with files that are missing or empty", () => {
  let recording: Recording;
  let dayFile: string;

  beforeAll(async () => {
    recording = await recordCrash("files", 20);
    dayFile = recording.dayLog.slice(0, -"-wal".length);
  });

  const copy = async () => {
    const folder = await mkdtemp(join(data.path, "copy-"));
    cpSync(recording.folder, folder, { recursive: true });
    return folder;
  };

  const expectWorks = async (folder: string, wanted: readonly string[]) => {
    await using server = await startServer({ dataFolder: folder });
    const found = (await readAll(server.url)).map((one) => one.message);
    expect(found.toSorted()).toEqual(wanted);
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ severity: "info", message: "goes on" });
    const response = await fetch(`${server.url}/logs`, { method: "POST", headers, body });
    expect(response.status).toBe(201);
    return server.log();
  };

  it("opens without shared-memory files, and with some of another time", async () => {
    const folder = await copy();
    for (const name of readdirSync(folder).filter((one) => one.endsWith("-shm")))
      rmSync(join(folder, name));
    await expectWorks(folder, messagesOf(recording.acknowledged));
    const other = await copy();
    writeFileSync(join(other, `${dayFile}-shm`), Buffer.alloc(32_768, 7));
    await expectWorks(other, messagesOf(recording.acknowledged));
  });

  it("opens when a file was being made", async () => {
    const folder = await copy();
    writeFileSync(join(folder, "2026-01-01.db.new"), "half a file");
    writeFileSync(join(folder, "meta.db.new"), "");
    await expectWorks(folder, messagesOf(recording.acknowledged));
  });

  it("opens when the last day's file is gone and its log stayed", async () => {
    const folder = await copy();
    rmSync(join(folder, dayFile));
    await expectWorks(folder, []);
  });

  it("opens when an earlier day's file is empty, and names it as damaged when it is read", async () => {
    const folder = await copy();
    writeFileSync(join(folder, "2026-01-01.db"), "");
    const log = await expectWorks(folder, messagesOf(recording.acknowledged));
    expect(log).toContain("2026-01-01");
  });

  it("opens when today's file is empty, and goes on in a new one", async () => {
    const folder = await copy();
    writeFileSync(join(folder, dayFile), "");
    rmSync(join(folder, `${dayFile}-wal`));
    const log = await expectWorks(folder, []);
    expect(log).toContain("is damaged");
    expect(readdirSync(folder).some((name) => name.includes(".damaged-1.db"))).toBe(true);
  });
});
