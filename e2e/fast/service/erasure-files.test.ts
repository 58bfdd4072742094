import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openSqliteErasures } from "@log-service/stores/sqlite";
import { describe, expect, it } from "vitest";
import { openAgeingSqlite } from "../../harness/compaction.ts";
import { countOf, createTestEraser, everything, filterOf } from "../../harness/erasure.ts";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

describe("the files of a store", () => {
  const holding = (folder: string, text: string): string[] =>
    readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));

  it("hold nothing of an erased entry, of what was merged, or of the query", async () => {
    await using opened = await openAgeingSqlite();
    const { folder } = opened;
    using records = openSqliteErasures({ folder });
    await using service = createTestService({ store: opened.store });
    await using eraser = createTestEraser(opened, { records });
    const marker = "Zaphod-Beeblebrox-42";
    // Chunks so small that they are stored as they are, among others that make SQLite move rows.
    for (let number = 0; number < 120; number++)
      await service.ingest("game-1", {
        body: ndjson([
          {
            severity: "info",
            message: number % 3 === 0 ? `${marker} was here` : "x".repeat((number * 37) % 1500),
            timestamp: fixedNow - number * 60_000,
            n: number,
          },
        ]),
        format: "ndjson",
        idempotencyKey: `${number}`,
      });
    expect(holding(folder, marker)).not.toEqual([]);
    await opened.age();
    await opened.compact();
    const request = { ...everything, filter: filterOf(`"${marker}"`) };
    const { id } = await eraser.erasures.erase("game-1", request);
    expect(holding(folder, marker)).toContain("erasures.db-wal");
    const end = await eraser.ended(id);
    expect(end).toMatchObject({ state: "done", erased: 40 });
    expect(holding(folder, marker)).toEqual([]);
    expect(await countOf(service, "game-1")).toBe(80);
    expect(await records.get("game-1", id)).toEqual(end);
  });
});
