import type { LogEntry } from "@log-service/sdk";
import type { TimeWindow } from "../../view/time-range.ts";

/** So many entries are kept to be looked at; the others are in the service. */
export const entriesMax = 5_000;

/** So many characters, about 32 MB, since an entry may have a hundred thousand. */
export const weightMax = 16_000_000;

/** What a tail has brought. Each entry was kept, then left to make room: `received` is those kept and `left` together. */
export interface TailLog {
  /** In the order of arrival, the newest last. */
  readonly entries: readonly LogEntry[];
  /** Characters of the entries. */
  readonly weight: number;
  /** So many of the entries, the first ones, were there before the tail began. */
  readonly earlier: number;
  /** The ids that were found before the tail began: the tail may bring them too. */
  readonly earlierIds: ReadonlySet<string>;
  /** How many have arrived since the tail began. */
  readonly received: number;
  /** How many of them are no longer kept. */
  readonly left: number;
  /** The times of those. */
  readonly leftIn: TimeWindow | undefined;
  readonly pause: Pause | undefined;
  /** When entries may have arrived that the tail has not brought. */
  readonly gap: TimeWindow | undefined;
}

/** What a reader looks at who has stopped, as it was then. */
export interface Pause {
  readonly entries: readonly LogEntry[];
  readonly received: number;
  /** By the button: then scrolling to the end does not go on. */
  readonly isHeld: boolean;
}

export const emptyLog: TailLog = {
  entries: [],
  weight: 0,
  earlier: 0,
  earlierIds: new Set(),
  received: 0,
  left: 0,
  leftIn: undefined,
  pause: undefined,
  gap: undefined,
};

const weightOf = ({ message, attributes }: LogEntry): number => {
  let weight = message.length;
  for (const name in attributes) weight += name.length + `${attributes[name]}`.length;
  return weight;
};

const weigh = (entries: readonly LogEntry[]): number =>
  entries.reduce((sum, entry) => sum + weightOf(entry), 0);

/** How many of the first entries have to go. The newest one stays, however long it is. */
const excessOf = (entries: readonly LogEntry[], weight: number): number => {
  let excess = Math.max(0, entries.length - entriesMax);
  let rest = weight - weigh(entries.slice(0, excess));
  while (rest > weightMax && excess < entries.length - 1) {
    const [entry] = entries.slice(excess, excess + 1);
    rest -= entry ? weightOf(entry) : 0;
    excess += 1;
  }
  return excess;
};

const cover = (window: TimeWindow | undefined, entries: readonly LogEntry[]) =>
  entries.reduce<TimeWindow | undefined>((covered, { timestamp }) => {
    const ms = Date.parse(timestamp);
    return {
      from: Math.min(ms, covered?.from ?? ms),
      to: Math.max(ms + 1, covered?.to ?? 0),
    };
  }, window);

const append = (log: TailLog, added: readonly LogEntry[]): TailLog => {
  const entries = [...log.entries, ...added];
  const weight = log.weight + weigh(added);
  const excess = excessOf(entries, weight);
  const earlierGone = Math.min(excess, log.earlier);
  const gone = entries.slice(earlierGone, excess);
  return {
    ...log,
    entries: entries.slice(excess),
    weight: weight - weigh(entries.slice(0, excess)),
    earlier: log.earlier - earlierGone,
    left: log.left + gone.length,
    leftIn: cover(log.leftIn, gone),
  };
};

/** Begins with what a search has found, the newest first: a tail alone would begin empty. */
export const beginLog = (found: readonly LogEntry[]): TailLog => {
  const log = { ...emptyLog, earlierIds: new Set(found.map(({ logId }) => logId)) };
  return append({ ...log, earlier: found.length }, found.toReversed());
};

/** What the search before the tail has not found already. */
export const freshOf = (log: TailLog, arrived: readonly LogEntry[]): readonly LogEntry[] =>
  arrived.filter(({ logId }) => !log.earlierIds.has(logId));

/** Takes what has arrived. */
export const receive = (log: TailLog, fresh: readonly LogEntry[]): TailLog => {
  if (fresh.length === 0) return log;
  return append({ ...log, received: log.received + fresh.length }, fresh);
};

/** Stops at what was drawn last, which may be less than what has arrived. */
export const pauseAt = (log: TailLog, drawn: TailLog, isHeld: boolean): TailLog => {
  const { entries, received } = log.pause ?? drawn;
  return { ...log, pause: { entries, received, isHeld: isHeld || log.pause?.isHeld === true } };
};

export const resume = (log: TailLog): TailLog => ({ ...log, pause: undefined });

/** Notes that entries may be missing. Two gaps are told as one that covers both. */
export const interrupt = (log: TailLog, { from, to }: TimeWindow): TailLog => ({
  ...log,
  gap: { from: Math.min(from, log.gap?.from ?? from), to: Math.max(to, log.gap?.to ?? to) },
});

export const dismissGap = (log: TailLog): TailLog => ({ ...log, gap: undefined });

/** The entries that a reader sees. */
export const shownEntries = ({ pause, entries }: TailLog): readonly LogEntry[] =>
  pause?.entries ?? entries;

/** How many have arrived since the reader stopped. */
export const newCount = ({ pause, received }: TailLog): number =>
  pause ? received - pause.received : 0;
