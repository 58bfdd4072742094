import { Buffer } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { chunkSchema } from "./chunk-row.ts";
import { createDatabase, openDatabase, pageBytes } from "./schema.ts";
import { scrubTables } from "./scrub.ts";
import { createTestFolder } from "./test-folder.ts";

/** Numbers below a limit, the same for the same seed. */
const createRandom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** Adds rows at both ends of a table and deletes some anywhere, so that SQLite moves others; returns what it deleted. */
const churn = (path: string, seed: number): { readonly gone: Buffer[]; readonly root: number } => {
  const random = createRandom(seed);
  createDatabase(path, chunkSchema);
  using database = openDatabase(path, "NORMAL");
  const insert = database.prepare("INSERT INTO blobs (arrival, data) VALUES (?, ?)");
  const remove = database.prepare("DELETE FROM blobs WHERE arrival = ?");
  const live = new Map<number, Buffer>();
  const gone: Buffer[] = [];
  const ends = [0, 0];
  const add = (sign: 1 | -1) => {
    const bytes = Buffer.from(Array.from({ length: 60 + random(60) }, () => 1 + random(255)));
    const arrival = sign * ++ends[sign === 1 ? 0 : 1]!;
    insert.run(arrival, bytes);
    live.set(arrival, bytes);
  };
  const removeSome = () => {
    for (const arrival of [...live.keys()].filter(() => random(live.size) < 3)) {
      remove.run(arrival);
      gone.push(live.get(arrival)!);
      live.delete(arrival);
    }
  };
  const steps = [() => [add(1), add(1), add(1)], () => add(-1), removeSome];
  for (let step = 0; step < 400; step++) {
    database.exec("BEGIN IMMEDIATE");
    steps[random(3)]!();
    database.exec("COMMIT");
  }
  const root = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'blobs'").get();
  return { gone, root: Number(root?.rootpage) };
};

/** A copy may be overwritten in part. */
const piecesOf = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.floor(bytes.length / 20) }, (_, index) =>
    bytes.subarray(index * 20, index * 20 + 20),
  );

const heldIn = (path: string, gone: readonly Buffer[]): number => {
  const file = readFileSync(path);
  return gone.flatMap(piecesOf).filter((piece) => file.includes(piece)).length;
};

const contentOf = (path: string) => {
  using database = new DatabaseSync(path);
  expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  return database.prepare("SELECT * FROM blobs").all();
};

describe("scrubbing a file", () => {
  it("leaves nothing of deleted rows where SQLite had moved them, and all other rows", () => {
    using folder = createTestFolder();
    let heldBefore = 0;
    for (let seed = 1; seed <= 25; seed++) {
      const path = join(folder.path, `${seed}.db`);
      const { gone, root } = churn(path, seed);
      const before = contentOf(path);
      heldBefore += heldIn(path, gone);
      expect(scrubTables(path, [root])).toBeGreaterThan(0);
      expect(heldIn(path, gone)).toBe(0);
      expect(contentOf(path)).toEqual(before);
      expect(scrubTables(path, [root])).toBe(0);
    }
    // `secure_delete` alone does not do it.
    expect(heldBefore).toBeGreaterThan(0);
  });

  it("touches no file whose pages make no sense", () => {
    using folder = createTestFolder();
    const path = join(folder.path, "damaged.db");
    const { root } = churn(path, 1);
    const whole = readFileSync(path);
    for (const [at, bytes] of [
      [0, [0x0d, 0, 0, 0xff, 0xff, 0, 0]],
      [0, [0x0a]],
      [8, [0, 0, 0, root]],
      [8, [0x7f, 0xff, 0xff, 0xff]],
    ] as const) {
      const damaged = Buffer.from(whole);
      damaged.set(bytes, (root - 1) * pageBytes + at);
      writeFileSync(path, damaged);
      expect(() => scrubTables(path, [root])).toThrow("page");
    }
  });
});
