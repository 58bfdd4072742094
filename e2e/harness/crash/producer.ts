import { gzipSync } from "node:zlib";
import type { Random } from "../random.ts";
import type { Ledger, SentEntry } from "./ledger.ts";

/** How far the time of an entry lies before the moment when it was made, late or not. */
export const jitterMsMax = 500;

/** Late entries lie this much in the past, in the file of another day. */
export const lateMs = 26 * 3_600_000;

const kinds = ["keyed", "content", "plain", "single", "keyed single"] as const;

type Kind = (typeof kinds)[number];

interface Sending {
  readonly entries: readonly SentEntry[];
  readonly path: string;
  readonly init: RequestInit;
  /** Whether it may be sent again without storing it twice. */
  readonly canRepeat: boolean;
  isRepeat: boolean;
}

export interface TrafficCounts {
  requests: number;
  inFlight: number;
  /** Requests without an answer. */
  unanswered: number;
  sentAgain: number;
}

interface ProducerDeps {
  readonly name: string;
  readonly random: Random;
  readonly ledger: Ledger;
  readonly counts: TrafficCounts;
}

/** A sender with one request in flight at a time. */
export interface Producer {
  /** Sends until the server goes away or `isStopped` says so; first of all what is still without an answer. */
  run(url: string, isStopped: () => boolean): Promise<void>;
  /** Sends again what is still without an answer. */
  finish(url: string): Promise<void>;
}

const severities = ["info", "info", "info", "warning", "error"] as const;

const timeOf = ({ madeAt }: SentEntry, random: Random): string => {
  const late = random.next() < 0.05 ? lateMs : 0;
  return new Date(madeAt - random.integer(0, jitterMsMax) - late).toISOString();
};

const toWire = (entry: SentEntry, random: Random, hasTime: boolean): string =>
  JSON.stringify({
    ...(hasTime && { timestamp: timeOf(entry, random) }),
    severity: random.pick(severities),
    service: random.pick(["gateway", "matchmaker", "chat"]),
    message: entry.message,
    producer: entry.producer,
    seq: entry.seq,
    latency_ms: random.integer(1, 5000),
    player_id: `p-${random.integer(1, 100_000)}`,
    match: { id: `m-${random.integer(1, 50)}`, ranked: random.next() < 0.5 },
  });

const initOf = (kind: Kind, lines: readonly string[], key: string, random: Random): RequestInit => {
  const isSingle = kind === "single" || kind === "keyed single";
  const isGzip = !isSingle && random.next() < 0.2;
  const text = lines.join("\n");
  const headers = {
    "content-type": isSingle ? "application/json" : "application/x-ndjson",
    ...(kind.startsWith("keyed") && { "idempotency-key": key }),
    ...(isGzip && { "content-encoding": "gzip" }),
  };
  return { method: "POST", headers, body: isGzip ? new Uint8Array(gzipSync(text)) : text };
};

export const createProducer = ({ name, random, ledger, counts }: ProducerDeps): Producer => {
  let seq = 0;
  let waiting: Sending | undefined;

  const nextEntry = (): SentEntry => {
    seq += 1;
    const message = `${name} did ${random.pick(["login", "trade", "move"])} number ${seq}`;
    return { producer: name, seq, message, madeAt: Date.now() };
  };

  const nextSending = (): Sending => {
    const kind = random.pick(kinds);
    const isSingle = kind === "single" || kind === "keyed single";
    const size = random.next() < 0.05 ? random.integer(400, 1500) : random.integer(1, 120);
    const entries = Array.from({ length: isSingle ? 1 : size }, nextEntry);
    const hasTime = !isSingle || random.next() < 0.5;
    const lines = entries.map((entry) => toWire(entry, random, hasTime));
    const init = initOf(kind, lines, `${name}-${seq}`, random);
    const path = kind === "content" ? "/logs?dedupe=content" : "/logs";
    const canRepeat = kind !== "plain" && kind !== "single";
    return { entries, path, init, canRepeat, isRepeat: false };
  };

  /** Returns whether an answer came. Any answer but that all was accepted is a failure of the test. */
  const send = async (url: string, sending: Sending): Promise<boolean> => {
    counts.requests += 1;
    if (sending.isRepeat) counts.sentAgain += 1;
    ledger.send(sending.entries);
    counts.inFlight += 1;
    let status: number;
    let text: string;
    try {
      const response = await fetch(`${url}${sending.path}`, sending.init);
      status = response.status;
      text = await response.text();
    } catch {
      counts.unanswered += 1;
      return false;
    } finally {
      counts.inFlight -= 1;
    }
    const isSingle = sending.entries.length === 1 && text.startsWith('{"logId"');
    const isWhole = isSingle || text.startsWith(`{"accepted":${sending.entries.length},`);
    if (status !== 201 || !isWhole) throw new Error(`${status} ${text.slice(0, 500)}`);
    ledger.acknowledge(sending.entries);
    return true;
  };

  /** Returns whether the server is still there. What may be repeated and has no answer is kept for later. */
  const step = async (url: string, sending: Sending): Promise<boolean> => {
    waiting = sending.canRepeat ? sending : undefined;
    const isAnswered = await send(url, sending);
    if (isAnswered) waiting = undefined;
    else sending.isRepeat = true;
    return isAnswered;
  };

  return {
    run: async (url, isStopped) => {
      while (!isStopped() && (await step(url, waiting ?? nextSending())));
    },
    finish: async (url) => {
      if (waiting !== undefined && !(await step(url, waiting)))
        throw new Error(`${name} got no answer to its last request`);
    },
  };
};
