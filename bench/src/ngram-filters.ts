import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openChunk } from "@log-service/core";
import { makeChunkFilter, openChunkFilter } from "@log-service/core/chunk-filter";
import { createEvaluator } from "@log-service/core/evaluate";
import { parse, type Filter as Query } from "@log-service/query";
import { openSqliteStore } from "@log-service/stores/sqlite";
import { batchesOf1000 } from "./client/shape.ts";
import { fillStore } from "./harness/fill-store.ts";
import { mergeStore } from "./harness/merge-store.ts";
import { gameLogsUntilNow } from "./scenarios/game-logs.ts";
import { withRareWord } from "./scenarios/rare-word.ts";
import { rareWord } from "./scenarios/search-queries.ts";

// Measures what filters over the n-grams of a chunk's messages would cost and skip, on one core:
// `node bench/src/ngram-filters.ts [entries]`. Words match within words, so a filter over whole words could skip nothing.

const count = Number(process.argv[2] ?? 500_000);
/** What the projection is for. */
const projectedEntries = 10_000_000;

interface ReadChunk {
  readonly bytes: Uint8Array;
  /** Its own, where it has one. */
  readonly filter: Uint8Array | undefined;
  readonly entries: number;
  /** The messages as bytes, with ASCII letters in lower case. */
  readonly messages: readonly Buffer[];
}

/** A way to make filters: how long the n-grams are, and how many bits and hashes a filter of so many has. */
interface Scheme {
  readonly name: string;
  readonly gram: 3 | 4;
  readonly bitsOf: (distinct: number, chunkBytes: number) => number;
  readonly hashes: number;
}

const schemes: readonly Scheme[] = ([3, 4] as const).flatMap((gram) => [
  { name: `${gram} bytes, Bloom 8 bits`, gram, bitsOf: (distinct) => 8 * distinct, hashes: 5 },
  { name: `${gram} bytes, Bloom 10 bits`, gram, bitsOf: (distinct) => 10 * distinct, hashes: 7 },
  { name: `${gram} bytes, bitmap 2^16`, gram, bitsOf: () => 2 ** 16, hashes: 1 },
  { name: `${gram} bytes, bitmap 1/20`, gram, bitsOf: (_, bytes) => (8 * bytes) / 20, hashes: 1 },
]);

/** Words that a game log could have and this one has not: each row says what share of the chunks all of them skip. */
const absentWords =
  "kubernetes segfault oomkilled deadlock rollback certificate throttled migration heartbeat unreachable malformed refused".split(
    " ",
  );

const lower = (text: string): Buffer =>
  Buffer.from(text.replace(/[A-Z]+/g, (a) => a.toLowerCase()));

const gramsOf = (bytes: Uint8Array, length: number, found: (gram: number) => void): void => {
  const mask = length === 3 ? 0xff_ff_ff : -1;
  let gram = 0;
  for (let i = 0; i < bytes.length; i++) {
    gram = ((gram << 8) | bytes[i]!) & mask;
    if (i + 1 >= length) found(gram);
  }
};

interface Filter {
  readonly bits: Uint8Array;
  readonly distinct: number;
  has(gram: number): boolean;
  add(gram: number): void;
}

/** Places by double hashing; a size that is no power of two is met by multiplying, which costs no division. */
const createFilter = (scheme: Scheme, distinct: number, chunkBytes: number): Filter => {
  const size = Math.max(64, scheme.bitsOf(distinct, chunkBytes));
  const bits = new Uint8Array(Math.ceil(size / 8));
  const { hashes } = scheme;
  const placeOf = (hash: number) => Math.floor(((hash >>> 0) / 2 ** 32) * size);
  const firstOf = (gram: number) => {
    const mixed = Math.imul(gram ^ (gram >>> 15), 0x2c1b3c6d);
    return Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  };
  const stepOf = (gram: number) => Math.imul(gram, 0x9e3779b1) | 1;
  return {
    bits,
    distinct,
    add: (gram) => {
      let hash = firstOf(gram);
      const step = stepOf(gram);
      for (let turn = 0; turn < hashes; turn++, hash += step) {
        const place = placeOf(hash);
        bits[place >> 3]! |= 1 << (place & 7);
      }
    },
    has: (gram) => {
      let hash = firstOf(gram);
      const step = stepOf(gram);
      for (let turn = 0; turn < hashes; turn++, hash += step) {
        const place = placeOf(hash);
        if ((bits[place >> 3]! & (1 << (place & 7))) === 0) return false;
      }
      return true;
    },
  };
};

/** Collects different n-grams first: so a Bloom filter knows its size, and hashes each of them once. */
const buildFilter = (scheme: Scheme, { messages, bytes }: ReadChunk): Filter => {
  const distinct = new Set<number>();
  for (const message of messages) gramsOf(message, scheme.gram, (gram) => distinct.add(gram));
  const filter = createFilter(scheme, distinct.size, bytes.length);
  for (const gram of distinct) filter.add(gram);
  return filter;
};

/** A bitmap needs no size: it is filled in one pass, as merging would. */
const buildBitmap = (scheme: Scheme, { messages, bytes }: ReadChunk): Filter => {
  const filter = createFilter(scheme, 0, bytes.length);
  for (const message of messages) gramsOf(message, scheme.gram, filter.add);
  return filter;
};

const mayHold = (filter: Filter, scheme: Scheme, word: string): boolean => {
  let isPossible = true;
  gramsOf(lower(word), scheme.gram, (gram) => {
    isPossible &&= filter.has(gram);
  });
  return isPossible;
};

const readStore = async (folder: string) => {
  await using store = await openSqliteStore({ folder });
  const request = { tenant: "default", from: 0, to: 2 ** 48, order: "newest" as const };
  const scan = () => Array.fromAsync(store.scan({ ...request, onDamage: () => undefined }));
  const stored = (await scan()).flat();
  const chunks: ReadChunk[] = [];
  for (const { bytes, filter, meta } of stored) {
    const content = await bytes();
    const view = openChunk(content).messages();
    const messages = Array.from({ length: meta.count }, (_, row) => lower(view.at(row)));
    chunks.push({ bytes: content, filter: await filter?.(), entries: meta.count, messages });
  }
  const readMs = await fastest(3, async () => {
    for (const { bytes } of stored) await bytes();
  });
  const filtersMs = await fastest(3, async () => {
    for (const { filter } of stored) await filter?.();
  });
  const perChunk = (ms: number) => (ms / stored.length) * 1000;
  return { chunks, readUs: perChunk(readMs), filterUs: perChunk(filtersMs) };
};

const fastest = async (rounds: number, run: () => unknown): Promise<number> => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    await run();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
};

const contains = ({ messages }: ReadChunk, word: string): boolean =>
  messages.some((message) => message.includes(word));

/** What the id of some ticket has in its middle: it is in few messages. */
const idFragment = (chunks: readonly ReadChunk[]): string => {
  const isTicket = (message: Buffer) => message.includes("ticket t-");
  const tickets = chunks.flatMap(({ messages }) => messages.find(isTicket)?.toString() ?? []);
  const fragment = /ticket t-..([0-9a-f]{8})/.exec(tickets[tickets.length >> 1] ?? "")?.[1];
  if (fragment === undefined) throw new Error("no message has a ticket");
  return fragment;
};

const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

const meanOf = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((sum, one) => sum + of(one), 0) / all.length;

const measureScheme = async (scheme: Scheme, chunks: readonly ReadChunk[], words: Words) => {
  const entries = chunks.reduce((sum, chunk) => sum + chunk.entries, 0);
  const filters = chunks.map((chunk) => buildFilter(scheme, chunk));
  const build = scheme.hashes === 1 ? buildBitmap : buildFilter;
  const buildMs = await fastest(2, () => chunks.map((chunk) => build(scheme, chunk)));
  const skipped = (word: string) =>
    meanOf(filters, (filter) => (mayHold(filter, scheme, word) ? 0 : 1));
  const rounds = 100;
  const testMs = await fastest(3, () => {
    for (let round = 0; round < rounds; round++) skipped(rareWord);
  });
  return {
    scheme: scheme.name,
    distinct: Math.round(meanOf(filters, (filter) => filter.distinct)),
    "bytes a chunk": Math.round(meanOf(filters, ({ bits }) => bits.length)),
    "of its bytes": percent(
      meanOf(filters, ({ bits }) => bits.length) / meanOf(chunks, ({ bytes }) => bytes.length),
    ),
    "rare word": percent(skipped(rareWord)),
    "id fragment": percent(skipped(words.fragment)),
    "absent words": percent(meanOf(absentWords, skipped)),
    "common word": percent(skipped("eliminated")),
    "build, us/entry": Number(((buildMs / entries) * 1000).toFixed(2)),
    "test, us/chunk": Number(((testMs / rounds / chunks.length) * 1000).toFixed(2)),
  };
};

interface Words {
  readonly fragment: string;
}

/** Which chunks a question is asked of, and how long one takes that is read already. */
const searchOf = async (chunks: readonly ReadChunk[], question: Query) => {
  const evaluator = createEvaluator(question);
  const search = (asked: readonly ReadChunk[]) =>
    fastest(3, () => {
      for (const { bytes, entries } of asked) evaluator.select(openChunk(bytes), 0, entries);
    });
  const left = chunks.filter(({ filter }) => {
    const opened = filter && openChunkFilter(filter);
    return opened === undefined || evaluator.isRuledOut?.(opened) !== true;
  });
  return { searchMs: await search(chunks), leftMs: await search(left), left: left.length };
};

interface ReadTimes {
  /** Of a chunk, and of its filter. */
  readonly readUs: number;
  readonly filterUs: number;
}

const measureSearch = async (
  chunks: readonly ReadChunk[],
  { readUs, filterUs }: ReadTimes,
  { fragment }: Words,
) => {
  const perMillisecond = projectedEntries / meanOf(chunks, (chunk) => chunk.entries) / 1000;
  const rows = [];
  for (const q of [rareWord, fragment, absentWords[0]!, "eliminated", "player_id:p-0"]) {
    const { searchMs, leftMs, left } = await searchOf(chunks, parse(q).filter);
    const [all, some] = [searchMs, leftMs].map((ms) => (ms / chunks.length) * 1000);
    const share = left / chunks.length;
    rows.push({
      query: q,
      "chunks left": percent(share),
      "read, us/chunk": Math.round(readUs),
      "search, us/chunk": Math.round(all!),
      "10^7 entries on one core, ms": Math.round((readUs + all!) * perMillisecond),
      "with their filters": Math.round((filterUs + readUs * share + some!) * perMillisecond),
    });
  }
  return rows;
};

/** What a chunk's own filter takes, as a share of its bytes and as time an entry. */
const ownFilters = (chunks: readonly ReadChunk[]): string => {
  let ms = 0;
  for (const { bytes, entries } of chunks) {
    const decoded = openChunk(bytes).entries(Array.from({ length: entries }, (_, at) => at));
    const begin = performance.now();
    makeChunkFilter(decoded, bytes.length);
    ms += performance.now() - begin;
  }
  const share = meanOf(chunks, ({ filter }) => filter?.length ?? 0);
  const us = (ms / chunks.length / meanOf(chunks, (chunk) => chunk.entries)) * 1000;
  return `${percent(share / meanOf(chunks, ({ bytes }) => bytes.length))} more for their own filters; to make such: ${us.toFixed(2)} us/entry`;
};

const report = async (name: string, folder: string) => {
  const { chunks, ...times } = await readStore(folder);
  for (const word of absentWords)
    if (chunks.some((chunk) => contains(chunk, word))) throw new Error(`${word} is not absent`);
  const words = { fragment: idFragment(chunks) };
  console.log(
    `${name}: ${chunks.length} chunks of ${Math.round(meanOf(chunks, (chunk) => chunk.entries))} entries, ` +
      `${Math.round(meanOf(chunks, ({ bytes }) => bytes.length))} bytes; ${ownFilters(chunks)}; skipped:`,
  );
  const rows = [];
  for (const scheme of schemes) rows.push(await measureScheme(scheme, chunks, words));
  console.table(rows);
  console.table(await measureSearch(chunks, times, words));
};

const folder = mkdtempSync(join(tmpdir(), "log-service-bench-"));
try {
  await fillStore(folder, withRareWord(batchesOf1000, count), gameLogsUntilNow(count), count);
  await report("live chunks", folder);
  const begin = performance.now();
  await mergeStore(folder);
  console.log(`merging: ${(((performance.now() - begin) / count) * 1000).toFixed(2)} us/entry`);
  await report("merged chunks", folder);
} finally {
  rmSync(folder, { recursive: true });
}
