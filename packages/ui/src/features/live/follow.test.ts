import { type LogEntry, LogServiceError, type TailAnswer } from "@log-service/sdk";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Connection, follow } from "./follow.ts";

const entry = (number: number): LogEntry => ({
  logId: `${number}`,
  timestamp: new Date(number).toISOString(),
  severity: "info",
  message: "m",
  attributes: {},
});

const answer = (logs: readonly LogEntry[], nextCursor: string, more: Partial<TailAnswer> = {}) => ({
  logs,
  nextCursor,
  retryAfterMs: 0,
  ...more,
});

const unreachable = () => new LogServiceError("UNREACHABLE", "no answer");
const refused = (code: "KEY_INVALID" | "CURSOR_INVALID", status: number) =>
  new LogServiceError(code, code, { response: new Response(null, { status }) });

/** Follows what a script answers, one step an ask, and stops behind its end. */
const run = async (script: readonly (TailAnswer | Error)[]) => {
  let time = 1_000_000;
  const asked: (string | undefined)[] = [];
  const waited: number[] = [];
  const connections: Connection[] = [];
  const received: string[] = [];
  const gaps: unknown[] = [];
  let step = 0;
  await follow(
    {
      ask: async (cursor) => {
        const next = script[step++];
        if (next === undefined) throw new Error("stopped");
        asked.push(cursor);
        time += 10;
        if (next instanceof Error) throw next;
        return next;
      },
      wait: async (ms) => {
        waited.push(ms);
        time += ms;
      },
      now: () => time,
      random: () => 1,
      onConnection: (connection) => connections.push(connection),
      onAnswer: ({ logs }) => received.push(...logs.map(({ logId }) => logId)),
      onGap: (gap) => gaps.push(gap),
    },
    () => step > script.length,
  );
  return { asked, waited, connections, kinds: connections.map(({ kind }) => kind), received, gaps };
};

it("goes on by the cursor, after the time that the server asks for", async () => {
  const { asked, waited, received, kinds } = await run([
    answer([], "a", { retryAfterMs: 2_000 }),
    answer([entry(1)], "b"),
    answer([entry(2)], "c", { retryAfterMs: 100 }),
  ]);
  expect(asked).toEqual([undefined, "a", "b"]);
  expect(waited).toEqual([2_000, 100]);
  expect(received).toEqual(["1", "2"]);
  expect(new Set(kinds)).toEqual(new Set(["live"]));
});

it("asks again with the same cursor after failures, waiting longer each time, and says when", async () => {
  const { asked, waited, connections } = await run([
    answer([], "a"),
    ...Array.from({ length: 6 }, unreachable),
    answer([entry(1)], "b"),
    unreachable(),
  ]);
  expect(asked).toEqual([undefined, ...Array(7).fill("a"), "b"]);
  expect(waited).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 1_000]);
  expect(connections[1]).toMatchObject({ kind: "waiting", at: 1_000_020 + 1_000 });
  expect(connections[2]).toEqual({ kind: "connecting" });
  expect(connections.at(-3)).toEqual({ kind: "live" });
});

it("waits as long as a busy server asks, and after an answer that did not come", async () => {
  const response = new Response(null, { status: 503, headers: { "retry-after": "30" } });
  const busy = new LogServiceError("UNEXPECTED_ANSWER", "busy", { response });
  const { waited } = await run([busy, new DOMException("late", "TimeoutError")]);
  expect(waited).toEqual([30_000, 2_000]);
});

it("gives up where asking again would not help", async () => {
  const { asked, kinds } = await run([refused("KEY_INVALID", 401), answer([], "a")]);
  expect(asked).toEqual([undefined]);
  expect(kinds).toEqual(["failed"]);
});

it("tells of the time since it last heard when entries may be missing", async () => {
  const { gaps, received } = await run([
    answer([], "a", { retryAfterMs: 500_000 }),
    answer([entry(9)], "b", { resync: true }),
  ]);
  expect(gaps).toEqual([{ from: 1_000_010 - 60_000, to: 1_500_020 + 1 }]);
  expect(received).toEqual(["9"]);
});

it("begins anew where the cursor is of another store, and says so", async () => {
  const { asked, gaps, kinds } = await run([
    answer([], "a"),
    refused("CURSOR_INVALID", 400),
    answer([], "b"),
  ]);
  expect(asked).toEqual([undefined, "a", undefined]);
  expect(gaps).toHaveLength(1);
  expect(kinds).toEqual(["live", "live"]);
});

it("brings what the server has, each once and in order, whatever breaks between", async () => {
  const total = 40;
  const doings = fc.array(fc.oneof(fc.nat(5), fc.constant("cut" as const)), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(doings, async (script) => {
      const received: string[] = [];
      let step = 0;
      await follow(
        {
          // A cursor is how many entries are before it; a cut loses an answer that was on its way.
          ask: async (cursor = "0") => {
            const doing = script[step++];
            if (doing === "cut") throw unreachable();
            const from = Number(cursor);
            const to = Math.min(total, from + (doing ?? 0));
            const logs = Array.from({ length: to - from }, (_, index) => entry(from + index));
            return answer(logs, `${to}`);
          },
          wait: async () => undefined,
          now: () => 0,
          random: () => 0,
          onConnection: () => undefined,
          onAnswer: ({ logs }) => received.push(...logs.map(({ logId }) => logId)),
          onGap: () => undefined,
        },
        () => step > script.length,
      );
      const sent = script.reduce<number>((sum, doing) => sum + (doing === "cut" ? 0 : doing), 0);
      expect(received).toEqual(Array.from({ length: Math.min(total, sent) }, (_, i) => `${i}`));
    }),
  );
});
