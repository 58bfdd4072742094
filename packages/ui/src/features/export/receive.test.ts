import fc from "fast-check";
import { expect, it } from "vitest";
import { receive } from "./receive.ts";

const never = new AbortController().signal;

const createSink = () => {
  const written: number[] = [];
  const ends: string[] = [];
  const sink = {
    write: async (chunk: Uint8Array) => {
      written.push(...chunk);
    },
    close: async () => {
      ends.push("closed");
    },
    discard: async () => {
      ends.push("discarded");
    },
  };
  return { sink, written, ends };
};

async function* bodyOf(chunks: readonly Uint8Array<ArrayBuffer>[], error?: Error) {
  yield* chunks;
  await Promise.resolve();
  if (error) throw error;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

it("writes every byte, tells how many there are, and keeps the end", async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(chunks, async (given) => {
      const { sink, written, ends } = createSink();
      const told: number[] = [];
      const parts = given.map((chunk) => new Uint8Array(chunk));
      const received = await receive(bodyOf(parts), sink, (bytes) => told.push(bytes), never);
      expect(written).toEqual(given.flatMap((chunk) => [...chunk]));
      expect(received.bytes).toBe(written.length);
      expect(received.end).toBe(new TextDecoder().decode(new Uint8Array(written)));
      expect(told.at(-1) ?? 0).toBe(written.length);
      expect(ends).toEqual(["closed"]);
    }),
  );
});

it.each([[[100_000]], [[40_000, 40_000, 3]], [[3, 65_536]]])(
  "keeps no more than the end of chunks of %j bytes",
  async (sizes) => {
    const { sink } = createSink();
    const parts = sizes.map((size) => bytesOf("x".repeat(size - 1).concat("y")));
    const { end } = await receive(bodyOf(parts), sink, () => undefined, never);
    expect(end).toHaveLength(65_536);
    expect(end.endsWith("xy")).toBe(true);
  },
);

it("leaves what has come when the body breaks off, and says so", async () => {
  const { sink, written, ends } = createSink();
  const broken = new TypeError("network error");
  const received = await receive(bodyOf([bytesOf("a")], broken), sink, () => undefined, never);
  expect(received).toEqual({ bytes: 1, end: "a", brokenBy: broken });
  expect([written.length, ends]).toEqual([1, ["closed"]]);
});

it("leaves nothing when it is cancelled", async () => {
  const { sink, ends } = createSink();
  const gone = new DOMException("gone", "AbortError");
  const cancelled = receive(bodyOf([], gone), sink, () => undefined, AbortSignal.abort());
  await expect(cancelled).rejects.toBe(gone);
  expect(ends).toEqual(["discarded"]);
});

it("leaves nothing when it cannot be written, and asks for no more", async () => {
  const { sink, ends } = createSink();
  const full = new DOMException("the disk is full", "QuotaExceededError");
  const sent: string[] = [];
  async function* body() {
    for (const text of ["a", "b", "c"]) {
      sent.push(text);
      yield bytesOf(text);
    }
  }
  const write = () => Promise.reject(full);
  await expect(receive(body(), { ...sink, write }, () => undefined, never)).rejects.toBe(full);
  expect([sent, ends]).toEqual([["a"], ["discarded"]]);
});
