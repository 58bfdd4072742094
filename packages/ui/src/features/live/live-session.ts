import type { Client, TailAnswer, Warning } from "@log-service/sdk";
import { type Arrivals, arrivalsAt, beginArrivals, countArrivals } from "./arrivals.ts";
import { type Connection, follow } from "./follow.ts";
import type { Sample } from "./sample-frames.ts";
import {
  beginLog,
  dismissGap,
  emptyLog,
  freshOf,
  interrupt,
  pauseAt,
  receive,
  resume,
  type TailLog,
} from "./tail-log.ts";

/** What is drawn of a live tail. */
export interface LiveState {
  readonly log: TailLog;
  readonly arrivals: Arrivals;
  readonly connection: Connection;
  readonly warnings: readonly Warning[];
}

export interface LiveSession {
  /** Calls when there is something new to draw, some times a second at most. */
  subscribe(listener: () => void): () => void;
  /** As it was drawn last. */
  state(): LiveState;
  pause(isHeld: boolean): void;
  resume(): void;
  dismissGap(): void;
  /** Asks now instead of when the wait is over. */
  reconnect(): void;
  stop(): void;
}

/** The server answers within this many seconds, with what has arrived or without. */
const waitSeconds = 15;

/** Who hears nothing for so long is no longer connected, whatever the network says. */
const silenceMs = 25_000;

/** What the list begins with: so many entries, of the last quarter of an hour. */
const earlier = { limit: 100, ms: 900_000 } as const;

/** How many kinds of warnings are told; they are about the store, not about entries. */
const warningsMax = 5;

const addWarnings = (told: readonly Warning[], more: readonly Warning[] = []) => {
  const fresh = more.filter(({ message }) => !told.some((one) => one.message === message));
  return [...told, ...fresh].slice(0, warningsMax);
};

const takeAnswer = (now: LiveState, { logs, warnings }: TailAnswer): Partial<LiveState> => {
  const fresh = freshOf(now.log, logs);
  return {
    log: receive(now.log, fresh),
    arrivals: countArrivals(now.arrivals, fresh, Date.now()),
    warnings: addWarnings(now.warnings, warnings),
  };
};

/** Waits that end early when somebody asks. */
const createAlarm = (signal: AbortSignal) => {
  let wake: () => void = () => undefined;
  signal.addEventListener("abort", () => wake());
  return {
    wake: () => wake(),
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
};

/** Holds what has arrived, and what of it was drawn last. */
const createDrawing = (sample: Sample, begun: LiveState) => {
  const listeners = new Set<() => void>();
  let state = begun;
  let drawn = state;
  const draw = () => {
    state = { ...state, arrivals: arrivalsAt(state.arrivals, Date.now()) };
    drawn = state;
    for (const listener of listeners) listener();
  };
  const drawSoon = sample(draw);
  const change = (more: (now: LiveState) => Partial<LiveState>) => {
    state = { ...state, ...more(state) };
  };
  return {
    drawn: () => drawn,
    drawSoon,
    take: (more: (now: LiveState) => Partial<LiveState>) => {
      change(more);
      drawSoon();
    },
    /** What a person does shows at once. */
    act: (edit: (log: TailLog) => TailLog) => {
      change(({ log }) => ({ log: edit(log) }));
      draw();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

/** Follows a query until it is stopped. It counts also while nothing is drawn, as when the page is hidden. */
export const createLiveSession = (client: Client, q: string, sample: Sample): LiveSession => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const alarm = createAlarm(signal);
  const drawing = createDrawing(sample, {
    log: emptyLog,
    arrivals: beginArrivals(Date.now()),
    connection: { kind: "connecting" },
    warnings: [],
  });
  const ask = async (cursor: string | undefined): Promise<TailAnswer> => {
    const patient = AbortSignal.any([signal, AbortSignal.timeout(silenceMs)]);
    const parameters = cursor === undefined ? { q } : { q, cursor, wait: waitSeconds };
    const answer = await client.tail(parameters, { signal: patient });
    if (cursor !== undefined) return answer;
    // Asked for behind the tail's beginning, so that nothing falls between the two.
    const from = Date.now() - earlier.ms;
    const { logs } = await client.search({ q, from, limit: earlier.limit }, { signal: patient });
    drawing.take(({ log }) => (log === emptyLog ? { log: beginLog(logs) } : {}));
    return answer;
  };
  void follow(
    {
      ask,
      wait: alarm.wait,
      now: Date.now,
      random: Math.random,
      onConnection: (connection) => drawing.take(() => ({ connection })),
      onGap: (gap) => drawing.take(({ log }) => ({ log: interrupt(log, gap) })),
      onAnswer: (answer) => drawing.take((now) => takeAnswer(now, answer)),
    },
    () => signal.aborted,
  );
  // What came in the last minute moves on also when nothing comes.
  const timer = setInterval(drawing.drawSoon, 1000);
  return {
    subscribe: drawing.subscribe,
    state: drawing.drawn,
    pause: (isHeld) => drawing.act((log) => pauseAt(log, drawing.drawn().log, isHeld)),
    resume: () => drawing.act(resume),
    dismissGap: () => drawing.act(dismissGap),
    reconnect: alarm.wake,
    stop: () => {
      clearInterval(timer);
      stopping.abort();
    },
  };
};
