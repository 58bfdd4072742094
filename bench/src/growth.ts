import { writeFileSync } from "node:fs";
import { driveChunkDesign } from "./growth/chunk-design.ts";
import { type GrowthRow, growthPage } from "./growth/page.ts";
import { driveUsualDesign } from "./growth/usual-design.ts";

// Drives both designs against the model of DynamoDB's limits and writes docs/growth.md: `node bench/src/growth.ts`,
// half a minute.

const seconds = 120;
const rates = [100, 1000, 10_000, 100_000];

/** Write units of a batch at these sizes, as `npm run e2e:aws` prints them for 1,000 entries at 1,500 entries/s. */
const batches = [
  { entriesPerBatch: 500, unitsPerBatch: 29 / 2 },
  { entriesPerBatch: 100, unitsPerBatch: 46.9 / 10 },
];

const putsPerSecondMax = 200;

const rows: GrowthRow[] = [];
for (const entriesPerSecond of rates) {
  const usual = driveUsualDesign(entriesPerSecond, seconds);
  rows.push({ entriesPerSecond, design: "an item an entry, index on a constant", ...usual });
  for (const batch of batches) {
    // More puts than this are simulated for minutes.
    if (entriesPerSecond / batch.entriesPerBatch > putsPerSecondMax) continue;
    const chunks = await driveChunkDesign({ entriesPerSecond, seconds, ...batch });
    const design = `chunks, batches of ${batch.entriesPerBatch}`;
    rows.push({ entriesPerSecond, design, ...chunks });
  }
}
console.table(rows);
writeFileSync(new URL("../../docs/growth.md", import.meta.url), growthPage(rows, seconds));
