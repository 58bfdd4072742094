import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Call } from "../handler.ts";
import { createLog } from "../log.ts";
import { streamPieces } from "./stream.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const minuteMs = 60_000;

/** A body of pieces without end, and what became of their source. */
const create = async () => {
  const logged: string[] = [];
  const seen = { pieces: 0, signal: new AbortController().signal, hasEnded: false };
  // The parts of a call that a stream looks at.
  const call = {
    request: new Request("http://localhost/"),
    requestId: "r-1",
    deps: {
      log: createLog(
        "debug",
        (line) => logged.push(line),
        () => 0,
      ),
    },
  } as unknown as Call;
  const open = async function* (signal: AbortSignal) {
    seen.signal = signal;
    try {
      for (;;) yield `piece ${++seen.pieces}`;
    } finally {
      seen.hasEnded = true;
    }
  };
  const body = await streamPieces(call, open);
  // Nothing limits it to one text.
  return { reader: (body as ReadableStream<Uint8Array>).getReader(), seen, logged };
};

it("asks for a piece when one is read, and no sooner", async () => {
  const { reader, seen } = await create();
  expect(seen.pieces).toBe(1);
  await reader.read();
  expect(seen.pieces).toBe(1);
  await reader.read();
  expect(seen.pieces).toBe(2);
});

it("leaves a reader that takes nothing for ten minutes", async () => {
  const { reader, seen, logged } = await create();
  await reader.read();
  await vi.advanceTimersByTimeAsync(9 * minuteMs);
  await reader.read();
  await vi.advanceTimersByTimeAsync(9 * minuteMs);
  expect(seen.hasEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(seen.hasEnded).toBe(true);
  expect(seen.signal.aborted).toBe(true);
  await expect(reader.read()).rejects.toThrow("the answer was cut off");
  expect(logged.join()).toContain("r-1");
});

it("leaves a reader that never begins", async () => {
  const { seen } = await create();
  await vi.advanceTimersByTimeAsync(10 * minuteMs);
  expect(seen.hasEnded).toBe(true);
});

it("ends when its reader says that it leaves", async () => {
  const { reader, seen } = await create();
  await reader.cancel("enough");
  expect(seen).toMatchObject({ hasEnded: true, signal: { aborted: true } });
  expect(vi.getTimerCount()).toBe(0);
});
