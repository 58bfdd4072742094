import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createDataFolder } from "../harness/data-folder.ts";
import { judgeAnswers, type SyncReport } from "../harness/durability/judge-answers.ts";
import { canTrace, parseSystemCalls, straceInto } from "../harness/durability/system-calls.ts";
import { type ServerOptions, startServer } from "../harness/server.ts";

const entry = (seq: number) => JSON.stringify({ severity: "info", message: "hello", seq });

const batch = (count: number) => Array.from({ length: count }, (_, seq) => entry(seq)).join("\n");

type Traffic = (url: string, number: number) => Promise<Response>;

const post = (url: string, type: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/logs`, { method: "POST", headers: { "content-type": type, ...headers }, body });

const single: Traffic = (url, seq) => post(url, "application/json", entry(seq));

const large: Traffic = (url) => post(url, "application/x-ndjson", batch(1500));

const keyed: Traffic = (url, number) =>
  post(url, "application/x-ndjson", batch(20), { "idempotency-key": `key-${number}` });

/** Sends requests to a traced server and judges its answers by its system calls. */
const trace = async (
  traffic: Traffic,
  options: { requests: number; atOnce?: number; reservation?: boolean } & Partial<ServerOptions>,
): Promise<SyncReport> => {
  const { requests, atOnce = 1, reservation = false, ...server } = options;
  await using folder = await createDataFolder();
  await using traces = await createDataFolder();
  const path = join(traces.path, "strace.log");
  await using running = await startServer({
    dataFolder: folder.path,
    under: straceInto(path),
    ...server,
  });
  for (let sent = 0; sent < requests; sent += atOnce) {
    const group = Array.from({ length: atOnce }, (_, index) => traffic(running.url, sent + index));
    for (const response of await Promise.all(group)) expect(response.status).toBe(201);
  }
  await running.kill("SIGTERM");
  const readTrace = () => readFile(path, "utf8");
  // strace outlives the server and writes the rest of its file: on a busy machine that takes a while.
  const isWhole = new RegExp(`^${running.child.pid} +\\+\\+\\+ exited`, "m");
  await expect.poll(readTrace).toMatch(isWhole);
  const report = judgeAnswers(parseSystemCalls(await readTrace()), { reservation });
  console.table([report]);
  return report;
};

const isDurable = {
  fewestSyncs: expect.toSatisfy((n) => n >= 1),
  withUnsynced: 0,
  reservedLate: 0,
};

describe.runIf(canTrace("that each 2xx is preceded by a sync was not tested"))(
  "an acknowledgement",
  () => {
    it("of a single entry comes after a sync of the day's log", async () => {
      const report = await trace(single, { requests: 200 });
      expect(report).toMatchObject({ answers: 200, ...isDurable });
    });

    it("of single entries that share commits comes after a sync of the day's log", async () => {
      const report = await trace(single, { requests: 640, atOnce: 32 });
      expect(report).toMatchObject({ answers: 640, ...isDurable });
    });

    it("of a batch comes after a sync of the day's log", async () => {
      const report = await trace(large, { requests: 30 });
      expect(report).toMatchObject({ answers: 30, ...isDurable });
    });

    it("of a batch with a key comes after a sync of its reservation, and then of its chunks", async () => {
      const report = await trace(keyed, { requests: 100, reservation: true });
      expect(report).toMatchObject({ answers: 100, ...isDurable });
    });

    it("that comes too early is noticed", async () => {
      const program = "e2e/harness/durability/unsynced-server.ts";
      const report = await trace(single, { requests: 20, program });
      // The first commit makes the log and syncs its head even so.
      expect(report.answers).toBe(20);
      expect(report.fewestSyncs).toBe(0);
      expect(report.withUnsynced).toBeGreaterThanOrEqual(19);
    });
  },
);
