import { once } from "node:events";
import type { TailAnswer } from "@log-service/contract";
import type { ChunkStore } from "@log-service/core";
import { createMemoryStore } from "@log-service/stores/memory";
import { describe, expect, it } from "vitest";
import type { App } from "../../app.ts";
import { createAppServer } from "../../hosts/node/listen.ts";
import { listenHere } from "../../test/listen-here.ts";
import { createManualTimers } from "../../test/manual-timers.ts";
import { createTestApp } from "../../test/test-app.ts";
import { gatherMs } from "./waiting.ts";

/** An app that waits in a time of the test's own, on a store that counts what it is asked. */
const createWaitingApp = (changes: Partial<Parameters<typeof createTestApp>[0]> = {}) => {
  const inner = createMemoryStore();
  const reads = { count: 0 };
  const counted: Partial<ChunkStore> = {
    arrivals: (...call) => {
      reads.count += 1;
      return inner.arrivals(...call);
    },
    scan: (...call) => {
      reads.count += 1;
      return inner.scan(...call);
    },
  };
  const timers = createManualTimers();
  const stop = new AbortController();
  const { app, logged } = createTestApp({
    ...changes,
    store: { ...inner, ...counted, [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose]() },
    deps: {
      setTimer: timers.setTimer,
      uptimeMs: timers.uptimeMs,
      stopping: stop.signal,
      ...changes.deps,
    },
  });
  const fetch = (path: string, init?: RequestInit) =>
    app.fetch(new Request(`http://localhost${path}`, init));
  return {
    app,
    reads,
    timers,
    stop,
    logged,
    fetch,
    tail: async (query = "", init?: RequestInit) =>
      (await (await fetch(`/logs/tail${query}`, init)).json()) as TailAnswer, // the route's own answer
    post: (message: string) =>
      fetch("/logs", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ severity: "info", message }),
      }),
    /** Lets everything run that waits for nothing but a turn. */
    settle: () => expect.poll(() => timers.count()).toBeGreaterThan(0),
  };
};

/** A server of the app on a port of its own. */
const listen = (app: App) => listenHere(createAppServer(app));

describe("a tail that waits", () => {
  it.each([
    ["a poll", "?wait=30", "application/json"],
    ["a stream", "", "text/event-stream"],
  ])("leaves nothing behind on Node when the connection of %s breaks", async (_, query, accept) => {
    const { app, timers } = createWaitingApp();
    await using server = await listen(app);
    const client = new AbortController();
    const { signal } = client;
    const reading = fetch(`${server.url}/logs/tail${query}`, { signal, headers: { accept } })
      .then((response) => response.text())
      .catch((error: Error) => error.name);
    await expect.poll(() => timers.count()).toBe(1);
    client.abort();
    expect(await reading).toBe("AbortError");
    await expect.poll(() => timers.count()).toBe(0);
  });

  it("is answered a moment after something has arrived, with all that came in between", async () => {
    const { tail, post, timers, settle } = createWaitingApp();
    const { nextCursor } = await tail();
    const waiting = tail(`?wait=30&cursor=${nextCursor}`);
    await settle();
    await post("one");
    await post("two");
    timers.pass(gatherMs);
    const { logs, retryAfterMs } = await waiting;
    expect(logs.map(({ message }) => message)).toEqual(["one", "two"]);
    expect(retryAfterMs).toBe(100);
    expect(timers.count()).toBe(0);
  });

  it("is answered when its time is over, and may ask again at once", async () => {
    const { tail, timers, settle } = createWaitingApp();
    const waiting = tail("?wait=20");
    await settle();
    timers.pass(19_999);
    expect(timers.count()).toBe(1);
    timers.pass(1);
    expect(await waiting).toMatchObject({ logs: [], retryAfterMs: 0 });
  });

  it("waits on when what arrived does not match", async () => {
    const { tail, post, timers, reads, settle } = createWaitingApp();
    const { nextCursor } = await tail("?q=wanted");
    const waiting = tail(`?q=wanted&wait=20&cursor=${nextCursor}`);
    await settle();
    await post("other");
    timers.pass(gatherMs);
    await expect.poll(() => reads.count).toBe(3);
    await settle();
    await post("wanted");
    timers.pass(gatherMs);
    expect((await waiting).logs).toMatchObject([{ message: "wanted" }]);
  });

  it("is answered at once when something is there already", async () => {
    const { tail, post } = createWaitingApp();
    const { nextCursor } = await tail();
    await post("there");
    expect((await tail(`?wait=30&cursor=${nextCursor}`)).logs).toHaveLength(1);
  });

  it("is answered at once where waiting is billed", async () => {
    const { tail, timers } = createWaitingApp({ deps: { isWaitBilled: true } });
    expect(await tail("?wait=30")).toMatchObject({ logs: [], retryAfterMs: 2000 });
    expect(timers.count()).toBe(0);
  });

  it("streams one page where waiting is billed, and says when to come again", async () => {
    const { tail, fetch, post, timers } = createWaitingApp({ deps: { isWaitBilled: true } });
    const { nextCursor } = await tail("?limit=1");
    await post("one");
    await post("two");
    const stream = async (query: string) => {
      const headers = { accept: "text/event-stream" };
      return (await fetch(`/logs/tail?${query}&cursor=${nextCursor}`, { headers })).text();
    };
    const [half, whole] = [await stream("limit=1"), await stream("")];
    expect(half).toMatch(/^retry: 0\n\n/);
    expect(half.match(/event: entry/g)).toHaveLength(1);
    expect(whole).toMatch(/^retry: 2000\n\n/);
    expect(whole.match(/event: entry/g)).toHaveLength(2);
    expect(timers.count()).toBe(0);
  });

  it("is answered when the host stops", async () => {
    const { tail, stop, settle, timers } = createWaitingApp();
    const waiting = tail("?wait=30");
    await settle();
    stop.abort();
    expect(await waiting).toMatchObject({ logs: [], retryAfterMs: 1000 });
    expect(timers.count()).toBe(0);
    expect(await tail("?wait=30")).toMatchObject({ logs: [] });
  });

  it("leaves nothing behind when its client goes away", async () => {
    const { fetch, settle, timers, logged } = createWaitingApp();
    const client = new AbortController();
    const waiting = fetch("/logs/tail?wait=30", { signal: client.signal });
    await settle();
    client.abort();
    await waiting;
    expect(timers.count()).toBe(0);
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([
      { level: "debug", message: "a client went away" },
    ]);
  });

  it("costs no reads while nothing arrives, however many wait, and one each when something does", async () => {
    const { tail, fetch, post, reads, timers } = createWaitingApp();
    const { nextCursor } = await tail();
    const polls = Array.from({ length: 50 }, () => tail(`?wait=30&cursor=${nextCursor}`));
    const streams = await Promise.all(
      Array.from({ length: 50 }, () =>
        fetch(`/logs/tail?cursor=${nextCursor}`, { headers: { accept: "text/event-stream" } }),
      ),
    );
    const readers = streams.map(({ body }) => body!.getReader());
    await Promise.all(readers.map((reader) => reader.read()));
    const next = readers.map((reader) => reader.read());
    await expect.poll(() => timers.count()).toBe(100);
    expect(reads.count).toBe(101);
    timers.pass(15_000);
    await Promise.all(next);
    expect(reads.count).toBe(101);
    const entries = readers.map((reader) => reader.read());
    await expect.poll(() => timers.count()).toBe(100);
    await post("something");
    timers.pass(gatherMs);
    const answers = await Promise.all(polls);
    expect(answers.every(({ logs }) => logs.length === 1)).toBe(true);
    await Promise.all(entries);
    expect(reads.count).toBe(201);
    await Promise.all(readers.map((reader) => reader.cancel()));
    await expect.poll(() => timers.count()).toBe(0);
  });

  it("is told of arrivals of its own tenant only", async () => {
    const store = createMemoryStore();
    let calls = 0;
    using _subscription = store.onArrival("other", () => {
      calls += 1;
    });
    const { app } = createTestApp({ store });
    const body = '{"severity":"info","message":"m"}';
    const headers = { "content-type": "application/json" };
    await app.fetch(new Request("http://localhost/logs", { method: "POST", body, headers }));
    expect(calls).toBe(0);
  });

  it("keeps no listener on signals that live long", async () => {
    const { tail, stop, settle, timers } = createWaitingApp();
    const added: string[] = [];
    const { signal } = stop;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...call: Parameters<typeof add>) => {
      added.push("add");
      add(...call);
    };
    signal.removeEventListener = (...call: Parameters<typeof remove>) => {
      added.push("remove");
      remove(...call);
    };
    const waiting = tail("?wait=1");
    await settle();
    timers.pass(1000);
    await waiting;
    expect(added).toEqual(["add", "remove"]);
    const aborted = once(signal, "abort");
    stop.abort();
    await aborted;
  });
});
