import type { LogEntry } from "@log-service/sdk";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  beginLog,
  dismissGap,
  emptyLog,
  entriesMax,
  freshOf,
  interrupt,
  newCount,
  pauseAt,
  receive,
  resume,
  shownEntries,
  type TailLog,
  weightMax,
} from "./tail-log.ts";

const entry = (number: number, message = "m"): LogEntry => ({
  logId: `${number}`,
  timestamp: new Date(number).toISOString(),
  severity: "info",
  message,
  attributes: {},
});

const entries = (from: number, to: number, message?: string) =>
  Array.from({ length: to - from }, (_, index) => entry(from + index, message));

const ids = (those: readonly LogEntry[]) => those.map(({ logId }) => Number(logId));

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("receive" as const), count: fc.integer({ min: 0, max: 3_000 }) }),
    fc.record({ do: fc.constantFrom("pause" as const, "resume" as const, "draw" as const) }),
  ),
  { maxLength: 30 },
);

it("counts every entry once, keeps the newest in order, and moves nothing under who has stopped", () => {
  fc.assert(
    fc.property(fc.nat(200), steps, (earlier, doings) => {
      let log: TailLog = beginLog(entries(0, earlier).toReversed());
      let drawn = log;
      let next = earlier;
      for (const step of doings) {
        const before = log;
        const run = {
          receive: () => {
            const count = "count" in step ? step.count : 0;
            log = receive(log, entries(next, next + count));
            next += count;
          },
          pause: () => {
            log = pauseAt(log, drawn, false);
          },
          resume: () => {
            log = resume(log);
          },
          draw: () => {
            drawn = log;
          },
        };
        run[step.do]();
        expect(log.received).toBe(next - earlier);
        expect(log.left + log.entries.length - log.earlier).toBe(log.received);
        expect(log.entries.length).toBe(Math.min(next, entriesMax));
        expect(ids(log.entries)).toEqual(ids(entries(next - log.entries.length, next)));
        const hasStopped = before.pause !== undefined && log.pause !== undefined;
        expect(!hasStopped || log.pause?.entries === before.pause?.entries).toBe(true);
        const lastShown = ids(shownEntries(log)).at(-1) ?? -1;
        expect(newCount(log)).toBe(log.pause ? next - 1 - lastShown : 0);
      }
    }),
    { numRuns: 15 },
  );
});

it("takes what the search before has found once, also where the tail brings it again", () => {
  const begun = beginLog([entry(2), entry(1)]);
  const log = receive(begun, freshOf(begun, [entry(2), entry(3)]));
  expect(ids(log.entries)).toEqual([1, 2, 3]);
  expect(log).toMatchObject({ received: 1, earlier: 2, left: 0 });
});

it("covers the times of what has left, and of nothing else", () => {
  const log = receive(emptyLog, entries(10, 10 + entriesMax));
  expect(log.leftIn).toBeUndefined();
  const late = { ...entry(7), logId: "late" };
  const later = receive(receive(log, [late]), entries(6_000, 6_001));
  expect(later.left).toBe(2);
  expect(later.leftIn).toEqual({ from: 10, to: 12 });
  const gone = receive(later, entries(20_000, 20_000 + entriesMax));
  expect(gone.leftIn).toEqual({ from: 7, to: 6_001 });
});

it("keeps no more characters than it may, and the newest entry always", () => {
  const heavy = "x".repeat(weightMax / 4);
  const log = receive(emptyLog, entries(0, 10, heavy));
  expect(ids(log.entries)).toEqual([6, 7, 8, 9]);
  expect(log).toMatchObject({ left: 6, received: 10, weight: weightMax });
  const heavier = receive(log, [entry(11, "x".repeat(weightMax + 1))]);
  expect(ids(heavier.entries)).toEqual([11]);
});

it("stops at what was drawn, however much has arrived since", () => {
  const drawn = receive(emptyLog, entries(0, 3));
  const log = pauseAt(receive(drawn, entries(3, 5)), drawn, false);
  expect(ids(shownEntries(log))).toEqual([0, 1, 2]);
  expect(newCount(log)).toBe(2);
  expect(ids(shownEntries(resume(log)))).toEqual([0, 1, 2, 3, 4]);
});

it("stays held by the button until it goes on", () => {
  const held = pauseAt(pauseAt(emptyLog, emptyLog, true), emptyLog, false);
  expect(held.pause?.isHeld).toBe(true);
  expect(pauseAt(resume(held), emptyLog, false).pause?.isHeld).toBe(false);
});

it("tells two gaps as one, until it is dismissed", () => {
  const log = interrupt(interrupt(emptyLog, { from: 5, to: 9 }), { from: 20, to: 30 });
  expect(log.gap).toEqual({ from: 5, to: 30 });
  expect(dismissGap(log).gap).toBeUndefined();
});
