import { existsSync, writeFileSync } from "node:fs";
import { sampleEntries } from "../../chunk/test/sample.ts";
import { makeChunkFilter } from "../chunk-filter.ts";
import { formatVersion } from "../layout.ts";

// Writes the golden file if it is missing: `node packages/core/src/chunk-filter/test/write-golden.ts`. One that is there
// is never written again, since filters of its kind are in use.

const golden = new URL(`../golden/v${formatVersion}.filter`, import.meta.url);
const filter = makeChunkFilter(sampleEntries(250, 5), 5000);
if (filter !== undefined && !existsSync(golden)) writeFileSync(golden, filter);
