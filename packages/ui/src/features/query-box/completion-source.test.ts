import { createClient } from "@log-service/sdk";
import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { completeNoted } from "./completion-source.ts";

const answers: Readonly<Record<string, unknown>> = {
  "/logs/fields": {
    fields: [
      { name: "player_id", types: { string: 1200 }, count: 1200 },
      { name: "a b", types: { number: 2, string: 1 }, count: 3 },
    ],
    complete: true,
  },
  "/logs/fields/service": {
    values: [
      { value: "chat", count: 12 },
      { value: "chat room", count: 2 },
    ],
    otherCount: 0,
    complete: true,
  },
  "/logs/fields/player_id": { values: [{ value: "p-1", count: 9 }], otherCount: 70 },
  "/logs/fields/player_id?p-7*": { values: [{ value: "p-77", count: 1 }], otherCount: 0 },
  "/logs/fields/latency_ms": { values: [{ value: 0.3, count: 9 }], otherCount: 70 },
};

/** A source over answers as the service gives them, and what it was asked. */
const setUp = (fetched: Readonly<Record<string, unknown>> = answers) => {
  const asked: string[] = [];
  const controller = new AbortController();
  const fetch = async (input: string | URL | Request) => {
    const { pathname, searchParams } = new URL(`${input}`);
    const q = searchParams.get("q")?.replace(/^[^:]*:/, "");
    const key = pathname + (q ? `?${q}` : "");
    asked.push(key);
    const answer = fetched[key];
    return answer ? Response.json(answer) : new Response("no", { status: 500 });
  };
  const deps = {
    client: createClient({ url: "http://logs.test", fetch, retries: 0 }),
    queryClient: new QueryClient({
      defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
    }),
    window: { from: 90_000, to: 150_001 },
    signal: controller.signal,
    wait: async () => controller.signal.throwIfAborted(),
  };
  const completed = async (text: string) =>
    (await completeNoted(text, text.length, deps)).completion.items.map((item) => item.text);
  const noted = async (text: string) => (await completeNoted(text, text.length, deps)).notes;
  return { asked, controller, completed, noted };
};

it("offers the fields that entries have, with their types and counts, and asks once", async () => {
  const { asked, completed, noted } = setUp();
  expect(await completed("pl")).toEqual(["player_id:"]);
  expect(await completed("a")).toEqual(['"a b":']);
  const notes = await noted("");
  expect(notes.get("player_id:")).toBe("string · 1.2K");
  expect(notes.get('"a b":')).toBe("number, string · 3");
  expect(asked).toEqual(["/logs/fields"]);
});

it("offers values with their counts", async () => {
  const { completed, noted } = setUp();
  expect(await completed("service:ch")).toEqual(["chat", '"chat room"']);
  expect((await noted("service:")).get('"chat room"')).toBe("2");
});

it("asks for rare values by what they begin with", async () => {
  const { asked, completed } = setUp();
  expect(await completed("player_id:p-7")).toEqual(["p-77"]);
  expect(asked).toEqual(["/logs/fields/player_id", "/logs/fields/player_id?p-7*"]);
});

it("offers comparisons in place of some of many numbers", async () => {
  const { completed } = setUp();
  expect((await completed("latency_ms:"))[0]).toBe(">");
});

it("has no values of what differs in each entry, and asks for none", async () => {
  const { asked, completed } = setUp();
  expect((await completed("message:"))[0]).toBe(">");
  expect(asked).toEqual([]);
});

it("offers what it knows by itself while the service fails", async () => {
  const { completed } = setUp({});
  expect(await completed("sev")).toEqual(["severity:"]);
});

it("asks nothing for a text that has been typed on", async () => {
  const { asked, controller, completed } = setUp();
  controller.abort();
  await expect(completed("pl")).rejects.toThrow("abort");
  expect(asked).toEqual([]);
});
