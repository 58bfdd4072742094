import { fileURLToPath } from "node:url";
import { all } from "@log-service/query";
import { openSqliteStore } from "@log-service/stores/sqlite";
import { expect, it } from "vitest";
import { runAndKill } from "../harness/crash/run-and-kill.ts";
import { createDataFolder } from "../harness/data-folder.ts";
import { createRandom, seedFrom } from "../harness/random.ts";
import { createTestService } from "../harness/service.ts";

const program = fileURLToPath(new URL("../harness/crash/compacting-server.ts", import.meta.url));
const kills = 40;

interface Read {
  readonly logId: string;
  readonly message: string;
  readonly attributes: { readonly number: number };
}

/** Reads every entry, by pages and by id, and how many chunks hold them. */
const readEverything = async (folder: string) => {
  await using store = await openSqliteStore({ folder });
  await using service = createTestService({ store });
  const range = { filter: all, from: 0, to: 2 ** 48, order: "oldest", limit: 1000 } as const;
  const read: Read[] = [];
  let cursor: string | undefined;
  do {
    const page = await service.search("default", { ...range, cursor, parameters: {} });
    expect(page.warnings).toEqual([]);
    read.push(...page.lines.map((line) => JSON.parse(line)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  for (const { logId, message } of read)
    expect(JSON.parse(await service.get("default", logId))).toMatchObject({ logId, message });
  let chunks = 0;
  const scan = { tenant: "default", from: 0, to: 2 ** 48, order: "oldest" } as const;
  for await (const slice of store.scan({ ...scan, onDamage: () => expect.unreachable() }))
    chunks += slice.length;
  return { numbers: read.map(({ attributes }) => attributes.number), chunks };
};

it("loses and doubles nothing when it is killed while it merges", async () => {
  await using folder = await createDataFolder();
  const seed = seedFrom("COMPACTION_KILLS_SEED");
  const random = createRandom(seed);
  const acknowledged: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const first = kill * 1_000_000;
    const ms = random.integer(1, 2000);
    const said = await runAndKill(program, [folder.path, seed + kill, first], ms);
    acknowledged.push(...said.map(Number));
  }
  const { numbers, chunks } = await readEverything(folder.path);
  const times = new Map<number, number>();
  for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1);
  expect(acknowledged.filter((number) => !times.has(number))).toEqual([]);
  expect([...times].filter(([, count]) => count > 1)).toEqual([]);
  console.log(`${kills} kills, ${acknowledged.length} entries acknowledged, in ${chunks} chunks`);
  expect(acknowledged.length).toBeGreaterThan(500);
  expect(chunks).toBeLessThan(acknowledged.length / 6);
}, 600_000);
