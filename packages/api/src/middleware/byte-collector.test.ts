import { expect, it } from "vitest";
import { createBodyBudget } from "./body-budget.ts";
import { createByteCollector } from "./byte-collector.ts";

const collector = (bytesExpected: number) =>
  createByteCollector({
    bytesMax: 1000,
    budget: createBodyBudget(10_000),
    what: "the body",
    bytesExpected,
  });

it("takes over the buffer of a part that is all there is to come", () => {
  using collected = collector(3);
  const part = Uint8Array.of(1, 2, 3);
  collected.add(part);
  expect(collected.finish().buffer).toBe(part.buffer);
});

it.each([
  ["has its buffer with others", [Uint8Array.of(0, 1, 2, 3).subarray(1)], 3],
  ["is followed by others", [Uint8Array.of(1), Uint8Array.of(2, 3)], 3],
  ["is less than was said", [Uint8Array.of(1, 2, 3)], 4],
  ["is more than was said", [Uint8Array.of(1, 2), Uint8Array.of(3)], 2],
])("leaves the buffer of a part alone that %s", (_, parts, bytesExpected) => {
  const before = parts.map((part) => [...part]);
  {
    using collected = collector(bytesExpected);
    for (const part of parts) collected.add(part);
    const bytes = collected.finish();
    expect([...bytes]).toEqual([1, 2, 3]);
    bytes.fill(9);
  }
  // The second of the last row: its first part was all that was said to come.
  expect([...parts.at(-1)!]).toEqual(before.at(-1));
});
