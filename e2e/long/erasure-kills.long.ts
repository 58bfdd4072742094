import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "@log-service/query";
import { openSqliteErasures, openSqliteStore } from "@log-service/stores/sqlite";
import { expect, it } from "vitest";
import { runAndKill } from "../harness/crash/run-and-kill.ts";
import { createDataFolder } from "../harness/data-folder.ts";
import { createRandom, seedFrom } from "../harness/random.ts";
import { createTestService } from "../harness/service.ts";

const program = fileURLToPath(new URL("../harness/crash/erasing-server.ts", import.meta.url));
const kills = 25;

const countIn = async (folder: string, q: string): Promise<number> => {
  await using store = await openSqliteStore({ folder });
  await using service = createTestService({ store });
  const range = { from: 0, to: 2 ** 48, filter: parse(q).filter } as const;
  const request = { ...range, measures: [{ name: "count" }] as const, by: [], top: 1 };
  const { groups } = await service.stats("default", { ...request, intervalMs: undefined });
  return groups[0]?.points[0]?.[1] ?? 0;
};

it("erases all of it, and counts it right, wherever it is killed", async () => {
  await using folder = await createDataFolder();
  const seed = seedFrom("ERASURE_KILLS_SEED");
  const random = createRandom(seed);
  const said: string[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const ms = random.integer(1, 400);
    said.push(...(await runAndKill(program, [folder.path, seed + kill, (kill + 1) * 1000], ms)));
  }
  const finish = [program, folder.path, seed + kills, (kills + 1) * 1000, "finish"].map(String);
  await promisify(execFile)(process.execPath, finish);
  const begun = said.filter((line) => line.startsWith("begun ")).map((line) => line.slice(6));
  // What a process was about to say when it was killed is in the reports.
  using records = openSqliteErasures({ folder: folder.path });
  const reports = await Promise.all(
    begun.map((player) => records.get("default", `erasure-${player}`)),
  );
  expect(await records.running()).toEqual([]);
  for (const report of reports)
    expect(report).toMatchObject({ state: "done", erased: 30, left: [] });
  const players = reports.map((report) => `p-${report?.id.slice("erasure-".length)}`);
  for (const player of players) expect(await countIn(folder.path, `player:${player}`)).toBe(0);
  expect(await countIn(folder.path, "player:nobody")).toBeGreaterThanOrEqual(30 * begun.length);
  const files = readdirSync(folder.path).map((name) => readFileSync(join(folder.path, name)));
  const isHeld = (text: string) => files.some((file) => file.includes(text));
  expect(players.filter((player) => isHeld(`player ${player.slice(2)} says so`))).toEqual([]);
  console.log(`${kills} kills, ${begun.length} erasures begun`);
  expect(begun.length).toBeGreaterThanOrEqual(kills);
}, 600_000);
