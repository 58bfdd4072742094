import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTestClient, json, problem, type Sent } from "./test/test-client.ts";

const page = (names: readonly string[], nextCursor: string | null): Response =>
  json({ count: names.length, logs: names.map((message) => ({ message })), nextCursor });

describe("a search that is iterated", () => {
  it("goes from page to page, with everything but the cursor as it was", async () => {
    const { client, sent } = createTestClient([
      page(["a", "b"], "c1"),
      page([], "c2"),
      page(["c"], null),
    ]);
    const entries = await Array.fromAsync(client.search({ q: "x", limit: 2 }));
    expect(entries.map(({ message }) => message)).toEqual(["a", "b", "c"]);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      "?q=x&limit=2",
      "?q=x&limit=2&cursor=c1",
      "?q=x&limit=2&cursor=c2",
    ]);
  });

  it("is one page when it is awaited", async () => {
    const { client, sent } = createTestClient([page(["a"], "c1")]);
    expect(await client.search()).toMatchObject({ nextCursor: "c1" });
    expect(sent).toHaveLength(1);
  });

  it("tells each warning once, but not that it had to go on", async () => {
    const damaged = { code: "CHUNK_CORRUPT", message: "the day is damaged" };
    const spent = { code: "BUDGET_SPENT", message: "go on" };
    const answer = (warnings: object[], nextCursor: string | null) =>
      json({ count: 0, logs: [], nextCursor, complete: true, warnings });
    const { client } = createTestClient([
      answer([spent, damaged], "c1"),
      answer([damaged], "c2"),
      answer([{ ...damaged, message: "another" }], null),
    ]);
    const told: string[] = [];
    const onWarning = ({ message }: { readonly message: string }) => told.push(message);
    await Array.fromAsync(client.search({}, { onWarning: (one) => void onWarning(one) }));
    expect(told).toEqual(["the day is damaged", "another"]);
  });

  it("asks for no more pages than are read", async () => {
    const { client, sent } = createTestClient([page(["a", "b"], "c1")]);
    for await (const { message } of client.search()) {
      expect(message).toBe("a");
      break;
    }
    expect(sent).toHaveLength(1);
  });

  it("has each entry once, wherever the connection breaks", async () => {
    const names = Array.from({ length: 23 }, (_, index) => `entry ${index}`);
    const breaks = fc.array(fc.constantFrom("ok", "before", "after", "busy"), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(breaks, fc.integer({ min: 1, max: 7 }), async (faults, limit) => {
        let calls = 0;
        const answer = ({ url }: Sent): Response => {
          const fault = faults[calls++] ?? "ok";
          const start = Number(new URL(url).searchParams.get("cursor") ?? 0);
          const end = start + limit;
          const whole = page(names.slice(start, end), end < names.length ? String(end) : null);
          const cut = new ReadableStream({ pull: (body) => body.error(new TypeError("cut")) });
          if (fault === "before") throw new TypeError("refused");
          if (fault === "busy") return problem(503, "STORE_BUSY");
          return fault === "after" ? new Response(cut, { headers: whole.headers }) : whole;
        };
        const { client } = createTestClient([answer], { retries: 40 });
        const entries = await Array.fromAsync(client.search({ limit }));
        expect(entries.map(({ message }) => message)).toEqual(names);
      }),
      { numRuns: 50 },
    );
  });
});

describe("a tail that is iterated", () => {
  const arrived = (names: readonly string[], nextCursor: string, more = {}): Response =>
    json({ logs: names.map((message) => ({ message })), nextCursor, retryAfterMs: 90, ...more });

  it("asks from where it was, waits as it is told, and does not give up", async () => {
    const failing = Array.from({ length: 20 }, () => new TypeError("fetch failed"));
    const replies = [arrived(["a"], "c1"), arrived([], "c2"), ...failing, arrived(["b"], "c3")];
    const { client, sent, waits } = createTestClient(replies);
    const messages: string[] = [];
    for await (const { message } of client.tail({ q: "x" })) {
      messages.push(message);
      if (message === "b") break;
    }
    expect(messages).toEqual(["a", "b"]);
    expect(sent.slice(0, 4).map(({ url }) => new URL(url).search)).toEqual([
      "?q=x",
      "?q=x&wait=20&cursor=c1",
      "?q=x&wait=20&cursor=c2",
      "?q=x&wait=20&cursor=c2",
    ]);
    expect(waits.slice(0, 4)).toEqual([90, 90, 250, 500]);
    expect(Math.max(...waits)).toBe(10_000);
  });

  it("throws when entries may be missing", async () => {
    const { client } = createTestClient([
      arrived(["a"], "c1"),
      arrived([], "c2", { resync: true }),
    ]);
    const entries = Array.fromAsync(client.tail());
    await expect(entries).rejects.toMatchObject({ code: "TAIL_INTERRUPTED" });
  });

  it("goes on when entries may be missing and someone is told", async () => {
    const replies = [arrived([], "c1"), arrived([], "c2", { resync: true }), arrived(["b"], "c3")];
    const { client } = createTestClient(replies);
    let interruptions = 0;
    const onInterrupted = () => {
      interruptions++;
    };
    for await (const { message } of client.tail({}, { onInterrupted })) {
      expect(message).toBe("b");
      break;
    }
    expect(interruptions).toBe(1);
  });

  it("ends with the signal's reason", async () => {
    const caller = new AbortController();
    const { client } = createTestClient([arrived(["a"], "c1")]);
    const read = async () => {
      for await (const _ of client.tail({}, { signal: caller.signal }))
        caller.abort(new Error("enough"));
    };
    await expect(read()).rejects.toThrow("enough");
  });
});
