import { createClock } from "./clock.ts";
import { type GameEntry, toJson } from "./entry.ts";
import { createIsoTime } from "./iso-time.ts";
import { createRandom, type Random } from "./random.ts";
import type { Fill, Match, Player, Scene } from "./scene.ts";
import { chat } from "./services/chat.ts";
import { crash } from "./services/crash.ts";
import { gateway } from "./services/gateway.ts";
import { matchServer } from "./services/match-server.ts";
import { matchmaker } from "./services/matchmaker.ts";
import { purchase } from "./services/purchase.ts";
import { maps, modes, regions } from "./vocabulary.ts";
import { createZipf } from "./zipf.ts";

export interface GeneratorOptions {
  readonly seed: number;
  /** Of the first entry, in milliseconds since 1970. */
  readonly startTime: number;
  /** Of all producers together, on the generated clock. */
  readonly entriesPerSecond?: number;
  readonly producers?: number;
  /** Whether something is broken at a time (milliseconds since 1970); never, without it. */
  readonly isIncident?: (time: number) => boolean;
}

/** One stream of game logs; the same options give the same bytes. */
export interface Generator {
  readonly producers: number;
  /** The next entry of any producer, in the order in which they happen, but for late ones. */
  next(): GameEntry;
  /**
   * The producer that has its next `count` entries together before any other has: whose request goes out next. Who
   * takes producers in turn instead sends entries side by side that happen seconds apart, since each has its bursts
   * at its own time.
   */
  nextSender(count: number): number;
  /** The next entry of one producer, which is 0..producers-1. */
  nextOf(producer: number): GameEntry;
  /** When the producer's next entry happens at the earliest, in whole milliseconds since 1970. */
  timeOf(producer: number): number;
  /** The next `count` entries of one producer, each on a line that ends with a newline. */
  batchNdjson(producer: number, count: number): string;
}

export const playerCount = 1_000_000;
export const playerExponent = 1.1;
export const matchesAtOnce = 8;
export const lateShare = 0.005;
const lateMsMin = 1000;
const lateMsMax = 600_000;

/** The services and their shares of the entries. */
export const services: readonly (readonly [share: number, fill: Fill])[] = [
  [0.37, gateway],
  [0.34, matchServer],
  [0.13, matchmaker],
  [0.12, chat],
  [0.034, purchase],
  [0.006, crash],
];

/** Ids spread over their range, each player's for ever: multiplying modulo a prime maps ranks one to one. */
const playerOf = (rank: number): Player => {
  const account = (rank * 48_271) % 99_999_989;
  return { id: `p-${account}`, platformId: `76561${197_960_265_728 + account}` };
};

const createMatch = (random: Random, player: () => Player): Match => ({
  id: `m-${random.hex(2)}`,
  map: random.pick(maps),
  mode: random.pick(modes),
  roster: Array.from({ length: 10 }, player),
  tick: 0,
  entriesLeft: 40 + random.integer(400),
});

/** The matches of one machine: some at a time, each replaced by a new one when it has ended. */
const createMatches = (random: Random, player: () => Player): (() => Match) => {
  const running = Array.from({ length: matchesAtOnce }, () => createMatch(random, player));
  return () => {
    const place = random.integer(matchesAtOnce);
    // `place` is below the length.
    let match = running[place] as Match;
    if (match.entriesLeft === 0) {
      match = createMatch(random, player);
      running[place] = match;
    }
    match.entriesLeft -= 1;
    return match;
  };
};

const chooseService = (draw: number): Fill => {
  let rest = draw;
  for (const [share, fill] of services) {
    rest -= share;
    if (rest < 0) return fill;
  }
  return gateway;
};

interface Producer {
  /** When its entry `ahead` entries from now happens at the earliest; not whole. */
  time(ahead: number): number;
  next(): GameEntry;
}

const createProducer = (
  index: number,
  { seed, startTime, entriesPerSecond = 2000, producers = 20, isIncident }: GeneratorOptions,
): Producer => {
  const random = createRandom(Math.imul(seed, 0x85ebca6b) + index * 0x9e3779b1);
  const rank = createZipf(random, playerCount, playerExponent);
  const player = (): Player => playerOf(rank());
  const match = createMatches(random, player);
  const clock = createClock(entriesPerSecond / producers, random.fraction());
  const name = `agent-${String(index).padStart(2, "0")}`;
  const region = random.pick(regions);
  const isoTime = createIsoTime();
  const scene: Scene = { random, region, isIncident: false, player, match };
  let seq = 0;
  const time = (ahead: number): number => startTime + clock(seq + ahead);
  const next = (): GameEntry => {
    const now = Math.floor(startTime + clock(seq + random.fraction()));
    const isLate = random.chance(lateShare);
    const lateMs = isLate ? lateMsMin * (lateMsMax / lateMsMin) ** random.fraction() : 0;
    const entry: GameEntry = {
      timestamp: isoTime(Math.floor(now - lateMs)),
      severity: "info",
      service: "",
      message: "",
      producer: name,
      seq,
    };
    seq += 1;
    scene.isIncident = isIncident?.(now) ?? false;
    chooseService(random.fraction())(entry, scene);
    if (random.chance(0.5)) entry.traceId = random.hex(4);
    return entry;
  };
  return { time, next };
};

export const createGenerator = (options: GeneratorOptions): Generator => {
  const count = options.producers ?? 20;
  const producers = Array.from({ length: count }, (_, index) => createProducer(index, options));
  const producerAt = (index: number): Producer => {
    const producer = producers[index];
    if (producer === undefined) throw new RangeError(`there are ${count} producers`);
    return producer;
  };
  const nextSender = (size: number): number => {
    let first = 0;
    let firstTime = Number.POSITIVE_INFINITY;
    for (const [index, producer] of producers.entries()) {
      const time = producer.time(size);
      if (time < firstTime) {
        first = index;
        firstTime = time;
      }
    }
    return first;
  };
  return {
    producers: count,
    nextSender,
    next: () => producerAt(nextSender(1)).next(),
    nextOf: (index) => producerAt(index).next(),
    timeOf: (index) => Math.floor(producerAt(index).time(0)),
    batchNdjson: (index, size) => {
      const producer = producerAt(index);
      let text = "";
      for (let line = 0; line < size; line++) text += `${toJson(producer.next())}\n`;
      return text;
    },
  };
};
