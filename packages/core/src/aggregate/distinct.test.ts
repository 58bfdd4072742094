import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDistinct } from "./distinct.ts";

describe("different values", () => {
  it("are counted exactly while they are few", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 200 }), (keys) => {
        const distinct = createDistinct(200);
        for (const key of keys) distinct.add(key);
        expect(distinct.count).toBe(new Set(keys).size);
      }),
    );
  });

  it.each([
    ["numbers in a row", (index: number) => `${index}`],
    ["ids", (index: number) => `sp-${index * 7919}`],
    ["names that differ at their beginning", (index: number) => `${index} of the same kind`],
    ["hex", (index: number) => (index * 2_654_435_761).toString(16).padStart(16, "0")],
  ])("are estimated within 8 percent when they are many: %s", (_, keyOf) => {
    for (const total of [1000, 5000, 20_000, 100_000]) {
      const distinct = createDistinct(128);
      for (let index = 0; index < total; index++) distinct.add(keyOf(index));
      for (let index = 0; index < 1000; index++) distinct.add(keyOf(index));
      // Three and a half times the standard error of 2.3 %; what is counted is the same in every run.
      expect(Math.abs(distinct.count / total - 1)).toBeLessThan(0.08);
    }
  });
});
