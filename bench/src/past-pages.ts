import type { Entry } from "@log-service/core";
import { createChunkEncoder } from "@log-service/core/chunk";
import { createChunkId, parseBatch } from "@log-service/core/entry";
import { createGenerator } from "./generator/index.ts";

// Models what a page of the newest 100 and one before a moment in the past cost on DynamoDB, for ways to cut batches of 500
// of 20 producers into chunks: `node bench/src/past-pages.ts`. Decision 12 says what follows from it. The chunks are real
// ones; of a read it counts the chunks that a reader must fetch to know its page, and none that it fetches in vain.

const startTime = Date.UTC(2026, 10, 22, 9, 10);
const minuteMs = 60_000;
const pageEntries = 100;
/** Keys, names of attributes and what a chunk's metadata takes in its item. */
const itemOverhead = 100;
const batchEntries = 500;

interface Batch {
  /** In the order of their times. */
  readonly entries: readonly Entry[];
  readonly sentAt: number;
}

interface ModelChunk {
  readonly times: readonly number[];
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
  readonly sentAt: number;
}

/** A way to store batches: what a chunk may hold, and which chunks share a partition key. */
interface Layout {
  readonly name: string;
  readonly entriesMax: number;
  /** Late entries are cut off, into chunks that span a second at most. */
  readonly cutsLate: boolean;
  /** The widest chunk of each partition key, in milliseconds. */
  readonly widths: readonly number[];
}

const oneKey = [60_000];
const twoKeys = [3000, 60_000];
const sixKeys = [0, 1500, 3000, 6000, 15_000, 60_000];

const layouts: readonly Layout[] = [
  { name: "whole batches, one key", entriesMax: 1e9, cutsLate: false, widths: oneKey },
  { name: "whole batches, six keys", entriesMax: 1e9, cutsLate: false, widths: sixKeys },
  ...[250, 200, 150, 100].flatMap((entriesMax) => [
    {
      name: `${entriesMax}, late apart, two keys`,
      entriesMax,
      cutsLate: true,
      widths: twoKeys,
    },
    {
      name: `${entriesMax}, late apart, six keys`,
      entriesMax,
      cutsLate: true,
      widths: sixKeys,
    },
  ]),
];

const makeBatches = (entriesPerSecond: number, count: number): Batch[] => {
  const generator = createGenerator({ seed: 7, startTime, entriesPerSecond, producers: 20 });
  let sentAt = startTime;
  return Array.from({ length: count }, () => {
    const producer = generator.nextSender(batchEntries);
    const body = new TextEncoder().encode(generator.batchNdjson(producer, batchEntries));
    sentAt = Math.max(sentAt, generator.timeOf(producer));
    const { entries } = parseBatch(body, "ndjson", {
      now: sentAt,
      oldest: 0,
      requireTimestamp: false,
    });
    return { entries: entries.toSorted((a, b) => a.timestamp - b.timestamp), sentAt };
  });
};

/** Splits where the next entry is further than `spanMs` from the first of its part. */
const splitBySpan = (entries: readonly Entry[], spanMs: number): Entry[][] => {
  const parts: Entry[][] = [];
  for (const entry of entries) {
    const part = parts.at(-1);
    if (part?.[0] && entry.timestamp - part[0].timestamp <= spanMs) part.push(entry);
    else parts.push([entry]);
  }
  return parts;
};

const splitByCount = (entries: readonly Entry[], most: number): Entry[][] => {
  const parts = Math.ceil(entries.length / most);
  const cutAt = (part: number) => Math.floor((entries.length * part) / parts);
  return Array.from({ length: parts }, (_, part) => entries.slice(cutAt(part), cutAt(part + 1)));
};

/** How many entries lie further before the middle one than three times what the newer half spans. */
const countLate = (entries: readonly Entry[]): number => {
  const timeAt = (place: number) => entries.at(place)?.timestamp ?? 0;
  const middle = timeAt(Math.floor(entries.length / 2));
  const begin = middle - 3 * Math.max(50, timeAt(-1) - middle);
  return entries.filter(({ timestamp }) => timestamp < begin).length;
};

const cut = (entries: readonly Entry[], { entriesMax, cutsLate }: Layout): Entry[][] => {
  const minutes = Map.groupBy(entries, ({ timestamp }) => Math.floor(timestamp / minuteMs));
  return [...minutes.values()].flatMap((ofMinute) => {
    const late = cutsLate ? countLate(ofMinute) : 0;
    return [
      ...splitBySpan(ofMinute.slice(0, late), 1000),
      ...splitByCount(ofMinute.slice(late), entriesMax),
    ];
  });
};

const encoder = createChunkEncoder();
let chunkCount = 0;

const toChunk = (entries: readonly Entry[], sentAt: number): ModelChunk => {
  const times = entries.map(({ timestamp }) => timestamp);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  chunkCount += 1;
  const { bytes } = encoder.encode(entries, {
    id: createChunkId(last, { high: 1, low: chunkCount }, 0),
  });
  return { times, first, last, bytes: bytes.length + itemOverhead, sentAt };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** The chunks of each partition key, the last ones first. */
const byKey = (chunks: readonly ModelChunk[], { widths }: Layout): ModelChunk[][] => {
  const keyOf = ({ first, last }: ModelChunk) => widths.findIndex((width) => last - first <= width);
  const ordered = chunks.toSorted((a, b) => b.last - a.last);
  return widths.map((_, key) => ordered.filter((chunk) => keyOf(chunk) === key));
};

/** The read units of the page before `to`: each key is asked for what may reach back before it, and one chunk that bounds it. */
const unitsOfPage = (keys: readonly ModelChunk[][], { widths }: Layout, to: number): number => {
  const readers = keys.map((chunks, key) => {
    const end = Math.min(to + (widths[key] ?? 0), Math.ceil(to / minuteMs) * minuteMs);
    return chunks.filter(({ last }) => last <= end);
  });
  const places = readers.map(() => 0);
  let found: number[] = [];
  for (;;) {
    const heads = readers.map((chunks, key) => chunks[places[key] ?? 0]?.last ?? -1);
    const last = Math.max(...heads);
    if (last < 0 || (found[pageEntries - 1] ?? -1) > last) break;
    const key = heads.indexOf(last);
    const chunk = readers[key]?.[places[key] ?? 0];
    places[key] = (places[key] ?? 0) + 1;
    found.push(...(chunk?.times.filter((time) => time < to) ?? []));
    found = found.toSorted((a, b) => b - a).slice(0, pageEntries);
  }
  const fetched = readers.map((chunks, key) => chunks.slice(0, (places[key] ?? 0) + 1));
  return sum(fetched.map((chunks) => Math.ceil(sum(chunks.map(({ bytes }) => bytes)) / 4096)));
};

const measure = (batches: readonly Batch[], layout: Layout) => {
  const chunks = batches.flatMap(({ entries, sentAt }) =>
    cut(entries, layout).map((part) => toChunk(part, sentAt)),
  );
  const end = batches.at(-1)?.sentAt ?? startTime;
  const all = byKey(chunks, layout);
  const moments = Array.from({ length: 41 }, (_, index) => 0.3 + index / 80);
  const timeAt = (share: number) => startTime + (end - startTime) * share;
  const newest = moments.map((share) => {
    const known = chunks.filter(({ sentAt }) => sentAt <= timeAt(share));
    return unitsOfPage(byKey(known, layout), layout, Number.MAX_SAFE_INTEGER);
  });
  const past = moments.map((share) => unitsOfPage(all, layout, timeAt(share)));
  const units = sum(chunks.map(({ bytes }) => Math.ceil(bytes / 1024)));
  return {
    layout: layout.name,
    "writes / 1,000": ((units * 1000) / (batches.length * batchEntries)).toFixed(1),
    newest: median(newest),
    past: median(past),
    times: (median(past) / median(newest)).toFixed(1),
  };
};

for (const [entriesPerSecond, count] of [
  [1500, 200],
  [116, 150],
] as const) {
  const batches = makeBatches(entriesPerSecond, count);
  console.log(`${entriesPerSecond} entries/s`);
  console.table(layouts.map((layout) => measure(batches, layout)));
}
