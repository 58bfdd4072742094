import { setTimeout as wait } from "node:timers/promises";
import type { TailAnswer } from "@log-service/contract";
import { follow } from "../../packages/api/src/test/event-stream.ts";

/** Where the server is; it may come back under another address. */
export interface Address {
  url: string;
}

/** What a follower has seen: how often each `seq`. */
export interface Follower {
  readonly seen: ReadonlyMap<number, number>;
  /** Resolves when the follower has a cursor: what is sent from then on it must see. */
  readonly begun: Promise<void>;
  /** Rejects with what went wrong; resolves when the signal aborted. */
  readonly ended: Promise<void>;
}

/** How long to wait before the server is tried again. */
const retryMs = 50;

/** Fetches as often as it takes: a server that restarts refuses connections for a while. */
const fetchUntil = async (
  address: Address,
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> => {
  for (;;) {
    try {
      const response = await fetch(`${address.url}${path}`, { headers, signal });
      if (response.ok) return response;
      if (response.status !== 503) throw new Error(`${response.status} ${await response.text()}`);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    await wait(retryMs, undefined, { signal });
  }
};

type Note = (entry: { readonly attributes: { readonly seq?: unknown } }) => void;

const createFollower = (
  run: (note: Note, begin: () => void) => Promise<void>,
  signal: AbortSignal,
): Follower => {
  const seen = new Map<number, number>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const note: Note = ({ attributes }) => {
    const seq = Number(attributes.seq);
    seen.set(seq, (seen.get(seq) ?? 0) + 1);
  };
  const ended = run(note, begin).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return { seen, begun, ended };
};

/** Goes on while connections break off, which is a TypeError of fetch; rejects with anything else. */
const whileBreaking = async (signal: AbortSignal, step: () => Promise<void>): Promise<never> => {
  for (;;) {
    try {
      await step();
    } catch (error) {
      if (signal.aborted || !(error instanceof TypeError)) throw error;
    }
  }
};

/** Follows as a stream, as `EventSource` does. */
export const followStream = (address: Address, query: string, signal: AbortSignal): Follower =>
  createFollower(async (note, begin) => {
    let id: string | undefined;
    const connect = (headers: Readonly<Record<string, string>>) =>
      fetchUntil(address, `/logs/tail?${query}`, headers, signal);
    await whileBreaking(signal, async () => {
      for await (const event of follow(connect, id)) {
        id = event.id ?? id;
        if (event.event === "resync") throw new Error("the stream has a gap");
        if (event.event === "entry") note(JSON.parse(event.data ?? ""));
        if (id !== undefined) begin();
      }
    });
  }, signal);

/** Follows by long poll. */
export const followByPolls = (address: Address, query: string, signal: AbortSignal): Follower =>
  createFollower(async (note, begin) => {
    // The first answer comes at once, with a cursor.
    let path = `/logs/tail?${query}`;
    await whileBreaking(signal, async () => {
      const response = await fetchUntil(address, path, {}, signal);
      const answer = (await response.json()) as TailAnswer; // the route's own answer
      if (answer.resync) throw new Error("the tail has a gap");
      for (const entry of answer.logs) note(entry);
      const isFirst = !path.includes("wait=");
      path = `/logs/tail?${query}&wait=20&cursor=${encodeURIComponent(answer.nextCursor)}`;
      begin();
      await wait(isFirst ? 0 : answer.retryAfterMs, undefined, { signal });
    });
  }, signal);
