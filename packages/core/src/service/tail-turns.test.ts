import { expect, it } from "vitest";
import { createTailTurns } from "./tail-turns.ts";

/** Turns that pass when the test says so. */
const createTestTurns = () => {
  let time = 0;
  const waiting: (() => void)[] = [];
  const runInTurn = createTailTurns({
    now: () => time,
    nextTurn: () => new Promise((resolve) => waiting.push(resolve)),
  });
  return {
    runInTurn,
    /** A step that takes so long. */
    step: (name: string, ms: number, log: string[]) => async () => {
      time += ms;
      log.push(name);
    },
    setBack: (ms: number) => {
      time -= ms;
    },
    waitingCount: () => waiting.length,
    passTurn: async () => {
      waiting.shift()?.();
      // Everything that waits for nothing else runs.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
};

it("runs steps one after the other, and leaves the turn when they have taken their share", async () => {
  const { runInTurn, step, passTurn, waitingCount } = createTestTurns();
  const log: string[] = [];
  const all = Promise.all(
    Array.from({ length: 7 }, (_, index) => runInTurn(step(`${index}`, 1, log))),
  );
  await passTurn();
  expect(waitingCount()).toBe(1);
  await passTurn();
  expect(log).toEqual(["0", "1", "2"]);
  await passTurn();
  expect(log).toEqual(["0", "1", "2", "3", "4", "5"]);
  await passTurn();
  await all;
  expect(log).toHaveLength(7);
});

it("never has two steps under way", async () => {
  const runInTurn = createTailTurns({ now: () => 0, nextTurn: () => Promise.resolve() });
  let underWay = 0;
  const counts: number[] = [];
  const step = async () => {
    underWay += 1;
    counts.push(underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => runInTurn(step)));
  expect(counts).toEqual([1, 1, 1, 1, 1]);
});

it("goes on after a step that failed, and tells its caller alone", async () => {
  const runInTurn = createTailTurns({ now: () => 0, nextTurn: () => Promise.resolve() });
  const failed = runInTurn(async () => {
    throw new Error("no");
  });
  const next = runInTurn(async () => "yes");
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("yes");
});

it("still leaves the turn when the clock is set back", async () => {
  const { runInTurn, step, setBack, passTurn, waitingCount } = createTestTurns();
  const log: string[] = [];
  const first = runInTurn(step("a", 0, log));
  await passTurn();
  await passTurn();
  await first;
  setBack(3_600_000);
  const second = runInTurn(step("b", 0, log));
  await passTurn();
  expect(log).toEqual(["a"]);
  expect(waitingCount()).toBe(1);
  await passTurn();
  await second;
  expect(log).toEqual(["a", "b"]);
});
