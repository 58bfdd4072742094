import type { TailAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { follow, nextNamed, type StreamEvent } from "../../test/event-stream.ts";
import { describeOnHosts, json, type TestHost } from "../../test/hosts.ts";

const tail = (host: TestHost, query: Readonly<Record<string, string>> = {}) =>
  json<TailAnswer>(host.fetch(`/logs/tail?${new URLSearchParams(query)}`));

const post = (host: TestHost, ...messages: string[]) =>
  host.post(messages.map((message) => ({ severity: "info", message })));

const messagesOf = ({ logs }: TailAnswer) => logs.map(({ message }) => message);

const connectTo =
  (host: TestHost, path = "/logs/tail") =>
  (headers: Readonly<Record<string, string>>) =>
    host.fetch(path, { headers });

/** Reads so many events of entries; returns their messages and the last id. */
const readEvents = async (
  host: TestHost,
  { path, count, after }: { path?: string; count: number; after?: string },
) => {
  const events = follow(connectTo(host, path), after);
  const read: StreamEvent[] = [];
  while (read.length < count) read.push(await nextNamed(events, "entry"));
  await events.return(undefined);
  const messages = read.map(({ data }) => JSON.parse(data ?? "").message);
  return { messages, id: read.at(-1)?.id };
};

describeOnHosts("tail answers 200", (host) => {
  it("begins now, and has a cursor although there is nothing", async () => {
    await post(host, "before");
    const { logs, nextCursor, retryAfterMs } = await tail(host);
    expect(logs).toEqual([]);
    expect(nextCursor).toMatch(/^[\w.~-]{20,200}$/);
    expect(retryAfterMs).toBeGreaterThanOrEqual(1000);
  });

  it("returns what arrived since, in the order of arrival, late entries too, each once", async () => {
    const { nextCursor: start } = await tail(host);
    await post(host, "first", "second");
    await host.post({ severity: "error", message: "late", timestamp: 1000 });
    await post(host, "last");
    const page = await tail(host, { cursor: start });
    expect(messagesOf(page)).toEqual(["first", "second", "late", "last"]);
    expect(page.logs[2]).toMatchObject({
      severity: "error",
      timestamp: "1970-01-01T00:00:01.000Z",
    });
    const { logs, nextCursor } = await tail(host, { cursor: page.nextCursor });
    expect(logs).toEqual([]);
    await post(host, "later");
    expect(messagesOf(await tail(host, { cursor: nextCursor }))).toEqual(["later"]);
  });

  it.each([
    ["severity", { severity: "error,warning" }],
    ["service", { service: "chat" }],
    ["a query", { q: "message:wanted*" }],
    ["all of them", { q: "wanted", severity: "error", service: "chat" }],
  ])("returns only what matches %s", async (_, narrowing) => {
    const { nextCursor: cursor } = await tail(host, narrowing);
    await host.post([
      { severity: "info", message: "other", service: "gateway" },
      { severity: "error", message: "wanted 1", service: "chat" },
      { severity: "info", message: "other", service: "gateway" },
      { severity: "error", message: "wanted 2", service: "chat" },
    ]);
    const page = await tail(host, { ...narrowing, cursor });
    expect(messagesOf(page)).toEqual(["wanted 1", "wanted 2"]);
    expect(messagesOf(await tail(host, { ...narrowing, cursor: page.nextCursor }))).toEqual([]);
  });

  it("comes in pages, also in the middle of a chunk", async () => {
    const { nextCursor } = await tail(host);
    const messages = Array.from({ length: 25 }, (_, index) => `entry ${index}`);
    await post(host, ...messages.slice(0, 17));
    await post(host, ...messages.slice(17));
    const seen: string[] = [];
    const waits: number[] = [];
    let cursor = nextCursor;
    for (let round = 0; round < 4; round++) {
      const page = await tail(host, { cursor, limit: "7" });
      seen.push(...messagesOf(page));
      waits.push(page.retryAfterMs);
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(messages);
    expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
    expect(waits[3]).toBeGreaterThan(0);
  });

  it("ends a page before its JSON grows too large", async () => {
    const { nextCursor } = await tail(host);
    const message = "m".repeat(60_000);
    await post(host, ...Array.from({ length: 100 }, () => message));
    const first = await tail(host, { cursor: nextCursor });
    expect(first.logs.length).toBeLessThan(80);
    expect(first.retryAfterMs).toBe(0);
    const second = await tail(host, { cursor: first.nextCursor });
    expect(first.logs.length + second.logs.length).toBe(100);
  });

  it("tells who comes from another store that something may be missing", async () => {
    const { nextCursor } = await tail(host);
    await host.use({});
    await post(host, "before");
    const answer = await tail(host, { cursor: nextCursor });
    expect(answer).toMatchObject({ logs: [], resync: true });
    await post(host, "after");
    const next = await tail(host, { cursor: answer.nextCursor });
    expect(messagesOf(next)).toEqual(["after"]);
    expect(next).not.toHaveProperty("resync");
  });

  it("passes hints at the query on", async () => {
    expect((await tail(host, { q: "a or b" })).warnings).toMatchObject([{ code: "QUERY_HINT" }]);
  });

  it("streams each entry as an event with a cursor", async () => {
    const { nextCursor: after } = await tail(host);
    const posted = Array.from({ length: 12 }, (_, index) => `entry ${index}`);
    await post(host, ...posted.slice(0, 5));
    await post(host, ...posted.slice(5));
    const { messages } = await readEvents(host, { count: 12, after });
    expect(messages).toEqual(posted);
  });

  it("goes on exactly behind the last event that was seen", async () => {
    const { nextCursor: start } = await tail(host);
    const posted = Array.from({ length: 12 }, (_, index) => `entry ${index}`);
    await post(host, ...posted.slice(0, 5));
    await post(host, ...posted.slice(5));
    for (const count of posted.keys()) {
      const begun = await readEvents(host, { count, after: start });
      const rest = await readEvents(host, { count: 12 - count, after: begun.id ?? start });
      expect([...begun.messages, ...rest.messages]).toEqual(posted);
    }
  });

  it("streams as what proxies pass on at once", async () => {
    const abort = new AbortController();
    const response = await host.fetch("/logs/tail", {
      headers: { accept: "text/event-stream" },
      signal: abort.signal,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    await response.body?.cancel();
  });

  it("begins a stream with a cursor, from which another can go on", async () => {
    const events = follow(connectTo(host));
    await events.next(); // when to connect again
    const { value } = await events.next();
    await events.return(undefined);
    await post(host, "new");
    const { messages } = await readEvents(host, { count: 1, after: value?.id });
    expect(messages).toEqual(["new"]);
  });

  it("puts the last event before the cursor of the address, as who connects again sends both", async () => {
    const { nextCursor: first } = await tail(host);
    await post(host, "one");
    const { nextCursor: second } = await tail(host, { cursor: first });
    await post(host, "two");
    const path = `/logs/tail?cursor=${encodeURIComponent(first)}`;
    const { messages } = await readEvents(host, { path, count: 1, after: second });
    expect(messages).toEqual(["two"]);
  });

  it("streams only what matches, and tells of a gap", async () => {
    const path = "/logs/tail?severity=error";
    const { nextCursor } = await tail(host, { severity: "error" });
    await host.use({});
    const events = follow(connectTo(host, path), nextCursor);
    expect(await nextNamed(events, "resync")).toMatchObject({ data: "{}" });
    await host.post({ severity: "info", message: "a" });
    await host.post({ severity: "error", message: "b" });
    const { data } = await nextNamed(events, "entry");
    expect(JSON.parse(data ?? "")).toMatchObject({ message: "b" });
    await events.return(undefined);
  });
});
