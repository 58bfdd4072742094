import { arrivalsKeptMs } from "@log-service/core";
import { createCompaction } from "@log-service/core/service";
import { createRandom } from "../random.ts";
import { ndjson } from "../service.ts";
import { openService } from "./open-service.ts";

// A process of a test: stores small batches in a folder and merges them at once, since its clock runs ahead, until it is
// killed. Each line that it prints is the number of an entry that was acknowledged.

const [folder = "", seed = "1", first = "0"] = process.argv.slice(2);
const random = createRandom(Number(seed));
let passedMs = 0;
const { service, replacing } = await openService(folder, random, () => Date.now() + passedMs);
const compact = createCompaction({ ...replacing, onCompact: () => undefined });

let next = Number(first);
for (;;) {
  for (let count = random.integer(1, 10); count > 0; count--) {
    const numbers = Array.from({ length: random.integer(1, 5) }, () => next++);
    // Two hours of two days, so that some hours are merged again and again.
    const entries = numbers.map((number) => ({
      severity: "info",
      message: `entry ${number}`,
      number,
      timestamp: Date.UTC(2026, 10, random.integer(20, 21), 9, 0, 0, random.integer(0, 7_199_999)),
    }));
    await service.ingest("default", { body: ndjson(entries), format: "ndjson" });
    process.stdout.write(numbers.map((number) => `${number}\n`).join(""));
  }
  passedMs += arrivalsKeptMs + 120_000;
  await compact({ from: 0, to: 2 ** 48 }, new AbortController().signal);
  while (await replacing.store.reclaim());
}
