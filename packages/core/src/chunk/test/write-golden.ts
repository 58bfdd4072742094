import { existsSync, writeFileSync } from "node:fs";
import type { Entry } from "../../entry/entry.ts";
import { logIdAt } from "../../entry/log-id.ts";
import { encodeChunk, type IdRun, openChunk } from "../index.ts";
import { formatVersion } from "../layout.ts";
import { chunkIdFor, sampleEntries } from "./sample.ts";

// Writes the golden files that are missing: `node packages/core/src/chunk/test/write-golden.ts`. A file that is there
// is never written again, since chunks of its kind are in use. A released version's files are never removed.

const golden = new URL("../golden/", import.meta.url);

const nasty = (): Entry[] => {
  const strings = [
    "",
    "\0",
    "\ud800",
    "\udc00\ud800",
    "é😀",
    "007",
    "p-1",
    "ABCDEF0123456789",
    "-0",
  ];
  const numbers = [0, 5e-324, 1e308, -1e308, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, 0.1, -273.15];
  return sampleEntries(strings.length).map((entry, index) => ({
    ...entry,
    message: strings[index]!,
    level: strings.at(-index - 1),
    spanId: strings[(index * 2) % strings.length],
    attributeNames: ["__proto__", "service", "", "mixed", "http.status"],
    attributeValues: [
      strings[(index + 3) % strings.length]!,
      numbers[index]!,
      index % 2 === 0,
      [strings[index]!, numbers[index]!, index % 3 === 0][index % 3]!,
      500 + index,
    ],
  }));
};

const write = (name: string, entries: readonly Entry[], runs?: readonly IdRun[]): void => {
  const chunk = new URL(`v${formatVersion}-${name}.chunk`, golden);
  if (existsSync(chunk)) return;
  const id = chunkIdFor(entries);
  const { bytes, meta } = encodeChunk(entries, { id, digest: "0123456789abcdef", runs });
  const reader = openChunk(bytes);
  const stored = entries.map((entry, index) => ({ ...entry, logId: reader.logId(index) }));
  writeFileSync(chunk, bytes);
  const json = new URL(`v${formatVersion}-${name}.json`, golden);
  writeFileSync(json, `${JSON.stringify({ meta, entries: stored })}\n`);
};

const several = sampleEntries(60, 6);
const firstId = chunkIdFor(several);

write("one", sampleEntries(1, 1));
write("raw", sampleEntries(7, 2));
write("shared-frame", sampleEntries(120, 3));
write("frames", sampleEntries(210, 4));
write("nasty", nasty());
write("sequences", several, [
  { firstId: logIdAt(firstId, 9), count: 20 },
  { firstId: logIdAt(firstId, 100), count: 40 },
]);
