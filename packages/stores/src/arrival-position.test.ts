import { expect, it } from "vitest";
import { parseArrival, printArrival } from "./arrival-position.ts";

it("reads back what it wrote", () => {
  for (const number of [0, 1, 35, 2 ** 20, Number.MAX_SAFE_INTEGER])
    expect(parseArrival(printArrival("epoch", number), "epoch")).toBe(number);
});

it("says that a number is of another epoch", () => {
  expect(parseArrival(printArrival("epoch", 7), "another")).toBeUndefined();
});

it("tells nobody the number, nor whether it is the same as before, nor the epoch", () => {
  const texts = Array.from({ length: 100 }, () => printArrival("1w8x5k3j", 7));
  expect(new Set(texts).size).toBe(100);
  expect(texts.every((text) => text.length === 31)).toBe(true);
  expect(texts.join()).not.toContain("1w8x5k3j");
});

it.each(["", "7", "epoch-7", "a.b", `${"a".repeat(8)}.${"b".repeat(21)}`, "é"])(
  "refuses %j",
  (text) => {
    expect(() => parseArrival(text, "epoch")).toThrow("not one of this store's arrivals");
  },
);

it("refuses a number that nobody wrote", () => {
  const [tag] = printArrival("epoch", 7).split(".");
  const forged = Array.from({ length: 50 }, (_, number) => {
    const bytes = Buffer.alloc(16, number + 1);
    return `${tag}.${bytes.toString("base64url")}`;
  });
  const refused = forged.filter((text) => {
    try {
      parseArrival(text, "epoch");
      return false;
    } catch {
      return true;
    }
  });
  // One in 2,048 decodes to some number, which leads nowhere but into the tenant's own arrivals.
  expect(refused.length).toBeGreaterThan(45);
});
