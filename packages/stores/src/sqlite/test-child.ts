import { createTestChunk } from "../conformance/chunks.ts";
import { openSqliteStore } from "./sqlite-store.ts";

// A process of a test: opens the store of a folder, says so, and puts one chunk after the other until it is killed. Each
// line after the first is the number of a chunk that was acknowledged.

const [folder = ""] = process.argv.slice(2);
const say = (line: string | number): void => {
  process.stdout.write(`${line}\n`);
};

const store = await openSqliteStore({ folder });
say("open");
for (let seed = 1; ; seed++) {
  // A new day after each 50 chunks, so that the kill also hits the making of files.
  const maxTime = Date.UTC(2026, 10, 22) + Math.floor(seed / 50) * 86_400_000 + seed;
  const outcomes = await store.put([
    createTestChunk({ seed, maxTime, size: 3000 }),
    createTestChunk({ tenant: "b", seed, maxTime, size: 30 }),
  ]);
  if (outcomes.includes("conflict")) throw new Error("the store holds another chunk");
  await store.reserve({ tenant: "a", key: `${seed}`, value: `${seed}`, now: 0, expiresAt: 2e12 });
  say(seed);
}
