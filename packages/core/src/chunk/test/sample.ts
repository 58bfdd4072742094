import type { AttributeValue, Entry, Severity } from "../../entry/entry.ts";
import { createChunkId } from "../../entry/log-id.ts";

/** Numbers in 0..1, the same for the same seed (mulberry32). */
const createRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

interface Kind {
  readonly severity: Severity;
  readonly service: string;
  message(values: Record<string, AttributeValue>): string;
  attributes(
    pick: (below: number) => number,
    hex: (digits: number) => string,
  ): Record<string, AttributeValue>;
}

const kinds: readonly Kind[] = [
  {
    severity: "info",
    service: "gateway",
    message: (values) => `GET /v2/profile ${values["http.status"]} in ${values.latency_ms} ms`,
    attributes: (pick) => ({
      player_id: `p-${pick(100_000_000)}`,
      "http.status": pick(20) === 0 ? 404 : 200,
      latency_ms: pick(3000) / 10,
    }),
  },
  {
    severity: "info",
    service: "match-server",
    message: ({ player_id, victim_id }) => `${player_id} eliminated ${victim_id} with longbow`,
    attributes: (pick, hex) => ({
      player_id: `p-${pick(80)}`,
      victim_id: `p-${pick(80)}`,
      match_id: `m-${hex(16)}`,
      headshot: pick(2) === 1,
    }),
  },
  {
    severity: "error",
    service: "purchase",
    message: ({ order_id }) => `order ${order_id} declined: do_not_honor`,
    attributes: (pick, hex) => ({
      order_id: `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
      platform_id: `7656119${pick(1e10).toString().padStart(10, "0")}`,
      amount_cents: 99 + pick(5000),
    }),
  },
  {
    severity: "warning",
    service: "chat",
    message: () => "connection reset by peer",
    attributes: () => ({}),
  },
];

const startTime = Date.UTC(2026, 10, 22, 9);

/** Entries as a game sends them, sorted by time, all of one minute; the same for the same seed. */
export const sampleEntries = (count: number, seed = 1): Entry[] => {
  const random = createRandom(seed);
  const pick = (below: number): number => Math.floor(random() * below);
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => pick(16).toString(16)).join("");
  return Array.from({ length: count }, (_, seq) => {
    const kind = kinds[pick(kinds.length)]!;
    const attributes: Record<string, AttributeValue> = { seq, ...kind.attributes(pick, hex) };
    return {
      timestamp: startTime + Math.floor((seq * 60_000) / count),
      severity: kind.severity,
      message: kind.message(attributes),
      service: kind.service,
      level: kind.severity === "error" ? "FATAL" : undefined,
      traceId: pick(2) === 0 ? hex(32) : undefined,
      spanId: undefined,
      attributeNames: Object.keys(attributes),
      attributeValues: Object.values(attributes),
    };
  });
};

/** An id for a chunk of these entries. */
export const chunkIdFor = (entries: readonly Entry[]): string =>
  createChunkId(entries.at(-1)?.timestamp ?? 0, { high: 0xabc, low: 0x123456789 }, 5);
