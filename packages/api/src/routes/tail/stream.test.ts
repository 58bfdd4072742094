import { LogServiceError } from "@log-service/core";
import { createMemoryStore } from "@log-service/stores/memory";
import { describe, expect, it } from "vitest";
import { eventsIn, nextNamed } from "../../test/event-stream.ts";
import { createManualTimers } from "../../test/manual-timers.ts";
import { createTestApp, type TestAppOptions } from "../../test/test-app.ts";
import { gatherMs } from "./waiting.ts";

const createStreamingApp = (changes: TestAppOptions = {}) => {
  const timers = createManualTimers();
  const stop = new AbortController();
  const { setTimer, uptimeMs } = timers;
  const { app, logged } = createTestApp({
    ...changes,
    deps: { setTimer, uptimeMs, stopping: stop.signal, ...changes.deps },
  });
  const fetch = (path: string, init?: RequestInit) =>
    app.fetch(new Request(`http://localhost${path}`, init));
  return {
    timers,
    stop,
    logged,
    stream: async (query = "", headers: Readonly<Record<string, string>> = {}) =>
      fetch(`/logs/tail${query}`, { headers: { accept: "text/event-stream", ...headers } }),
    post: (messages: readonly string[]) =>
      fetch("/logs", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(messages.map((message) => ({ severity: "info", message }))),
      }),
  };
};

describe("a stream", () => {
  it("shows a sign of life each 15 seconds, and never without need", async () => {
    const { stream, post, timers } = createStreamingApp();
    const events = eventsIn(await stream());
    expect([await events.next(), await events.next()]).toMatchObject([
      { value: { data: undefined } },
      { value: { id: expect.stringMatching(/^1~/) } },
    ]);
    const first = events.next();
    await expect.poll(() => timers.count()).toBe(1);
    timers.pass(14_999);
    expect(timers.count()).toBe(1);
    timers.pass(1);
    expect(await first).toMatchObject({ value: { comment: "keep-alive", id: undefined } });
    const entry = events.next();
    await expect.poll(() => timers.count()).toBe(1);
    await post(["one"]);
    timers.pass(14_000);
    expect(await entry).toMatchObject({ value: { event: "entry" } });
    const second = events.next();
    await expect.poll(() => timers.count()).toBe(1);
    timers.pass(15_000);
    expect(await second).toMatchObject({ value: { comment: "keep-alive" } });
    await events.return(undefined);
  });

  it("leads behind what does not match with a sign of life", async () => {
    const { stream, post, timers } = createStreamingApp();
    const events = eventsIn(await stream("?q=wanted"));
    await events.next();
    const start = (await events.next()).value;
    const next = events.next();
    await expect.poll(() => timers.count()).toBe(1);
    await post(["other"]);
    timers.pass(gatherMs);
    await expect.poll(() => timers.count()).toBe(1);
    timers.pass(15_000);
    const { value } = await next;
    expect(value).toMatchObject({ comment: "keep-alive", event: undefined, data: undefined });
    expect(value?.id).not.toBe(start?.id);
    expect(value?.id).toMatch(/^1~/);
    await events.return(undefined);
  });

  it("reads nothing ahead of a slow reader", async () => {
    const inner = createMemoryStore();
    let pages = 0;
    const store = {
      ...inner,
      arrivals: (...call: Parameters<typeof inner.arrivals>) => {
        pages += 1;
        return inner.arrivals(...call);
      },
    };
    const { stream, post, timers } = createStreamingApp({ store });
    const reader = (await stream()).body!.getReader();
    await reader.read();
    for (let batch = 0; batch < 20; batch++)
      await post(Array.from({ length: 500 }, (_, index) => `${batch} ${index} ${"x".repeat(500)}`));
    expect(pages).toBe(1);
    const second = reader.read();
    await expect.poll(() => timers.count()).toBe(1);
    timers.pass(gatherMs);
    expect((await second).value?.length).toBeLessThan(400_000);
    expect(pages).toBe(2);
    await reader.cancel();
  });

  it("ends when the host stops, with what has arrived until then", async () => {
    const { stream, post, stop, timers } = createStreamingApp();
    const events = eventsIn(await stream());
    await events.next();
    await events.next();
    const last = events.next();
    await expect.poll(() => timers.count()).toBe(1);
    await post(["not lost"]);
    stop.abort();
    expect(await last).toMatchObject({ value: { event: "entry" } });
    expect(await events.next()).toMatchObject({ done: true });
    expect(timers.count()).toBe(0);
  });

  it("leaves nothing behind when its reader goes away", async () => {
    const { stream, timers, logged } = createStreamingApp();
    const response = await stream();
    const reader = response.body!.getReader();
    await reader.read();
    const pending = reader.read();
    await expect.poll(() => timers.count()).toBe(1);
    await reader.cancel();
    expect(await pending).toMatchObject({ done: true });
    await expect.poll(() => timers.count()).toBe(0);
    expect(logged).toEqual([]);
  });

  it("ends when the store does not answer for a while, with a warning in the log", async () => {
    const inner = createMemoryStore();
    let isDown = false;
    const store = {
      ...inner,
      arrivals: async (...call: Parameters<typeof inner.arrivals>) => {
        if (isDown) throw new LogServiceError("STORE_BUSY", "busy");
        return inner.arrivals(...call);
      },
    };
    const { stream, post, timers, logged } = createStreamingApp({ store });
    const events = eventsIn(await stream());
    await events.next();
    await events.next();
    const next = events.next();
    await expect.poll(() => timers.count()).toBe(1);
    isDown = true;
    await post(["something"]);
    timers.pass(gatherMs);
    expect(await next).toMatchObject({ value: { comment: "STORE_BUSY" } });
    expect(await events.next()).toMatchObject({ done: true });
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([
      { level: "warn", message: "a stream was ended", code: "STORE_BUSY" },
    ]);
    expect((await stream()).status).toBe(503);
  });

  it("ends when the key is withdrawn", async () => {
    let isEmpty = true;
    const keys = { find: async () => undefined, isEmpty: async () => isEmpty };
    const { stream, timers } = createStreamingApp({ keys });
    const events = eventsIn(await stream());
    await events.next();
    await events.next();
    isEmpty = false;
    const signs: unknown[] = [];
    for (let quarter = 0; quarter < 4; quarter++) {
      const next = events.next();
      await expect.poll(() => timers.count()).toBe(1);
      timers.pass(15_000);
      signs.push((await next).value?.comment);
    }
    expect(signs).toEqual(Array.from({ length: 4 }, () => "keep-alive"));
    expect(await events.next()).toMatchObject({ done: true });
    expect((await stream()).status).toBe(401);
  });

  it("ends when the key is withdrawn, also while there is always something to tell", async () => {
    let isEmpty = true;
    const keys = { find: async () => undefined, isEmpty: async () => isEmpty };
    const { stream, post, timers } = createStreamingApp({ keys });
    const events = eventsIn(await stream("?limit=1"));
    await post(Array.from({ length: 100 }, (_, index) => `entry ${index}`));
    const first = nextNamed(events, "entry");
    await expect.poll(() => timers.count()).toBe(1);
    timers.pass(gatherMs);
    await first;
    await nextNamed(events, "entry");
    isEmpty = false;
    timers.pass(60_000);
    await expect(nextNamed(events, "never")).rejects.toThrow("the stream has ended");
  });

  it("waits for nobody when only its headers are asked for", async () => {
    const { timers } = createStreamingApp();
    const { app } = createTestApp({ deps: { setTimer: timers.setTimer } });
    const headers = { accept: "text/event-stream" };
    const request = new Request("http://localhost/logs/tail", { method: "HEAD", headers });
    const response = await app.fetch(request);
    expect(response.status).toBe(200);
    expect(timers.count()).toBe(0);
  });

  it("tells damage as an event of its own, and goes on", async () => {
    const inner = createMemoryStore();
    const store = {
      ...inner,
      arrivals: async (...call: Parameters<typeof inner.arrivals>) => {
        const page = await inner.arrivals(...call);
        const chunks = page.chunks.map((chunk, index) => ({
          ...chunk,
          bytes: async () => (index === 0 ? new Uint8Array(50) : chunk.bytes()),
        }));
        return { ...page, chunks };
      },
    };
    const { stream, post, timers } = createStreamingApp({ store });
    const events = eventsIn(await stream());
    await events.next();
    await events.next();
    const entry = nextNamed(events, "entry");
    await expect.poll(() => timers.count()).toBe(1);
    await post(["damaged"]);
    await post(["whole"]);
    timers.pass(gatherMs);
    expect(JSON.parse((await entry).data ?? "")).toMatchObject({ message: "whole" });
    const { data } = await nextNamed(events, "warning");
    expect(JSON.parse(data ?? "")).toMatchObject({ code: "CHUNK_CORRUPT" });
    await events.return(undefined);
  });
});
