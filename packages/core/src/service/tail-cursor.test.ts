import fc from "fast-check";
import { expect, it } from "vitest";
import { createChunkId } from "../entry/log-id.ts";
import { parseTailCursor, printTailCursor } from "./tail-cursor.ts";

const question = { tenant: "a", parameters: { q: "x" } };

const positions = fc.stringMatching(/^[\w.-]{1,200}$/);

const begun = fc
  .array(
    fc.record({
      id: fc
        .tuple(fc.nat(2 ** 31), fc.nat(4095), fc.nat(2 ** 31), fc.nat(63))
        .map(([time, high, low, ordinal]) => createChunkId(time, { high, low }, ordinal)),
      count: fc.integer({ min: 1, max: 16_383 }),
    }),
    { maxLength: 3 },
  )
  .map((parts) => new Map(parts.map(({ id, count }) => [id, count])));

it("reads back what it wrote, in characters that a URL and an event take as they are", () => {
  fc.assert(
    fc.property(positions, begun, (position, parts) => {
      const text = printTailCursor({ position, begun: parts }, question);
      expect(text).toMatch(/^[\w.~-]+$/);
      expect(parseTailCursor(text, question)).toEqual({ position, begun: parts });
    }),
  );
});

it.each([
  ["another tenant", { ...question, tenant: "b" }, "CURSOR_INVALID"],
  ["another question", { ...question, parameters: { q: "y" } }, "CURSOR_MISMATCH"],
])("refuses the cursor of %s", (_, other, code) => {
  const text = printTailCursor({ position: "p", begun: new Map() }, question);
  expect(() => parseTailCursor(text, other)).toThrow(expect.objectContaining({ code }));
});

it("throws CURSOR_INVALID for any other text, and nothing else", () => {
  const text = printTailCursor({ position: "p", begun: new Map() }, question);
  const texts = fc.oneof(
    fc.string(),
    fc.string().map((more) => `${text}~${more}`),
    fc.nat(text.length - 1).map((end) => text.slice(0, end)),
  );
  fc.assert(
    fc.property(texts, (other) => {
      expect(() => parseTailCursor(other, question)).toThrow(
        expect.objectContaining({ code: "CURSOR_INVALID" }),
      );
    }),
  );
});
