import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { ByteWriter } from "../byte-writer.ts";
import { bitWidth, packBits, packedBytes, unpackBits } from "./bits.ts";

it("gives back integers of any width", () => {
  const column = fc.integer({ min: 0, max: 53 }).chain((width) =>
    fc.record({
      width: fc.constant(width),
      values: fc.array(
        fc.maxSafeNat().map((value) => value % 2 ** width),
        { maxLength: 70 },
      ),
    }),
  );
  fc.assert(
    fc.property(column, ({ width, values }) => {
      const out = new ByteWriter(1);
      out.byte(0xaa);
      packBits(Float64Array.from(values), values.length, width, out);
      const back = new Float64Array(values.length);
      unpackBits(Buffer.from(out.view()), 1, width, back);
      expect([...back]).toEqual(values);
      expect(out.length).toBe(1 + packedBytes(values.length, width));
    }),
  );
});

it("counts the bits of a number", () => {
  const numbers = [0, 1, 2, 255, 256, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1];
  expect(numbers.map(bitWidth)).toEqual([0, 1, 2, 8, 9, 32, 33, 53]);
});
