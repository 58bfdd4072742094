import { LogServiceError } from "@log-service/core";
import type { BodyBudget } from "./body-budget.ts";

interface CollectorOptions {
  readonly bytesMax: number;
  readonly budget: BodyBudget;
  /** What it is that is too large, for the refusal, as in "the body". */
  readonly what: string;
  /** How many bytes are expected; 0 when nobody said. */
  readonly bytesExpected: number;
}

/**
 * Collects bytes in one buffer, and holds room for them in the budget until it is disposed of. It takes over the buffer of
 * a part that is all there is to come.
 */
export interface ByteCollector extends Disposable {
  /** Throws BODY_TOO_LARGE, and BUSY when the budget is used up. */
  add(part: Uint8Array): void;
  /** The bytes, in a buffer of their own that can be moved to another thread. Nothing can be added afterwards. */
  finish(): Uint8Array<ArrayBuffer>;
}

const capacityMin = 1024;

/** Buffers above this are freed at once when they are given back; for smaller ones that costs more than it gains. */
const freedAtOnceBytesMin = 64 * 1024;

/** The buffer of a part that is the only one and has it for itself, as small bodies come from Node. */
const ownBufferOf = (part: Uint8Array): ArrayBuffer | undefined =>
  part.buffer instanceof ArrayBuffer && part.buffer.byteLength === part.length
    ? part.buffer
    : undefined;

/**
 * The buffer is moved when it grows and when it is given back, which frees its memory at once: parts in a list, and
 * bodies that were refused, would wait for the garbage collector, and a flood comes faster than that.
 */
export const createByteCollector = (options: CollectorOptions): ByteCollector => {
  const { bytesMax, budget, what, bytesExpected } = options;
  let buffer = new ArrayBuffer(0);
  let length = 0;
  const makeRoom = (bytes: number) => {
    if (bytes <= buffer.byteLength) return;
    const wanted = Math.max(
      bytes,
      Math.min(bytesMax, Math.max(buffer.byteLength * 2, bytesExpected)),
    );
    buffer = buffer.transfer(Math.max(capacityMin, wanted));
  };
  return {
    add: (part) => {
      const grown = length + part.length;
      if (grown > bytesMax)
        throw new LogServiceError(
          "BODY_TOO_LARGE",
          `${what} is more than ${bytesMax} bytes; the limit is ${bytesMax} bytes`,
        );
      budget.take(part.length);
      const whole = length === 0 && grown === bytesExpected ? ownBufferOf(part) : undefined;
      if (whole === undefined) {
        makeRoom(grown);
        new Uint8Array(buffer).set(part, length);
      } else buffer = whole;
      length = grown;
    },
    finish: () => {
      if (buffer.byteLength !== length) buffer = buffer.transfer(length);
      return new Uint8Array(buffer);
    },
    [Symbol.dispose]: () => {
      budget.giveBack(length);
      length = 0;
      // A body that was moved to another thread is gone from here already.
      if (!buffer.detached && buffer.byteLength >= freedAtOnceBytesMin) buffer.transfer(0);
    },
  };
};
