import { arrivalsKeptMs } from "@log-service/core";
import { createErasures } from "@log-service/core/service";
import { parse } from "@log-service/query";
import { openSqliteErasures } from "@log-service/stores/sqlite";
import { createRandom } from "../random.ts";
import { ndjson } from "../service.ts";
import { openService } from "./open-service.ts";

// A process of a test: stores batches, has what some players did erased, and goes on with what an earlier run was killed in.
// Its clock runs ahead, so that nothing has to be waited for. It prints the number of each player whose erasure has begun.
// With the task "finish" it begins none, and ends when nothing is left over.

const [folder = "", seed = "1", first = "0", task = "begin"] = process.argv.slice(2);
const random = createRandom(Number(seed));
// Later runs have later players, and must not have an earlier clock.
let passedMs = Number(first) * 3_600_000;
const now = () => Date.now() + passedMs;
const { service, replacing } = await openService(folder, random, now);
const records = openSqliteErasures({ folder });
let id = "";
const erasures = createErasures({
  ...replacing,
  records,
  now,
  newId: () => id,
  wait: async (ms, signal) => {
    passedMs += Math.min(ms, arrivalsKeptMs);
    await new Promise((resolve, reject) => {
      setTimeout(resolve, 5);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  },
  onRoundEnd: async () => undefined,
  onEnd: () => undefined,
  onFailure: (cause) => {
    throw cause;
  },
});

// Runs that were killed soon have left theirs.
const leftMax = task === "finish" ? 0 : 3;
while ((await records.running()).length > leftMax)
  await new Promise((resolve) => setTimeout(resolve, 1));
if (task === "finish") process.exit(0);
for (let player = Number(first); ; player++) {
  for (let batch = 0; batch < 10; batch++) {
    const entries = Array.from({ length: 6 }, (_, index) => ({
      severity: "info",
      message: index % 2 === 0 ? `player ${player} says so` : "nobody says anything",
      player: index % 2 === 0 ? `p-${player}` : "nobody",
      timestamp: Date.UTC(2026, 10, random.integer(20, 21), 9, 0, 0, random.integer(0, 7_199_999)),
    }));
    await service.ingest("default", { body: ndjson(entries), format: "ndjson" });
  }
  id = `erasure-${player}`;
  const { filter } = parse(`player:p-${player}`);
  await erasures.erase("default", { from: 0, to: 2 ** 48, filter });
  process.stdout.write(`begun ${player}\n`);
  while ((await erasures.erasure("default", id)).state === "running")
    await new Promise((resolve) => setTimeout(resolve, 1));
}
