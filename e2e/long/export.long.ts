import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { toJson } from "../../bench/src/generator/index.ts";
import { gameLogsUntilNow } from "../../bench/src/scenarios/game-logs.ts";
import { createDataFolder } from "../harness/data-folder.ts";
import { startServer } from "../harness/server.ts";

const batchEntries = 10_000;
const batches = 100;

/** The memory that a process holds now, in MiB. */
const heldMib = (pid: number | undefined): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024);
};

/** What an export may add: some megabytes of text, an open chunk or two, and the garbage that V8 leaves for later. */
const exportMibMax = 256;

/** Reads a file of any size as it comes, and returns how many lines and bytes it had. */
const readFile = async (url: string, onPart: () => void) => {
  const startedAt = performance.now();
  const response = await fetch(url);
  expect(response.status).toBe(200);
  let lines = 0;
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines++;
    onPart();
  }
  return { lines, bytes, seconds: (performance.now() - startedAt) / 1000 };
};

it.each(["ndjson", "csv"])(
  "an export of a million game entries as %s is whole, and takes little memory",
  async (format) => {
    await using folder = await createDataFolder();
    await using server = await startServer({ dataFolder: folder.path });
    const generator = gameLogsUntilNow(batches * batchEntries);
    const headers = { "content-type": "application/x-ndjson" };
    for (let batch = 0; batch < batches; batch++) {
      const lines = Array.from({ length: batchEntries }, () => toJson(generator.next()));
      const init = { method: "POST", headers, body: lines.join("\n") };
      expect((await fetch(`${server.url}/logs`, init)).status).toBe(201);
    }
    const before = heldMib(server.child.pid);
    let most = before;
    const { lines, bytes, seconds } = await readFile(
      `${server.url}/logs/export?format=${format}`,
      () => {
        most = Math.max(most, heldMib(server.child.pid));
      },
    );
    console.log(
      `${format}: ${lines} lines, ${Math.round(bytes / 2 ** 20)} MiB in ${seconds.toFixed(1)} s; memory ${before} MiB before, ${most} MiB at most`,
    );
    expect(lines).toBeGreaterThanOrEqual(batches * batchEntries);
    expect(most - before).toBeLessThan(exportMibMax);
  },
);
