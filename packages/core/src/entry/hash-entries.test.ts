import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttributeValue, Entry } from "./entry.ts";
import { hashEntries } from "./hash-entries.ts";
import { plainEntry } from "./test/plain-entry.ts";

const hexOf = (tenant: string, entries: readonly Entry[]): string =>
  Buffer.from(hashEntries(tenant, entries)).toString("hex");

const withAttributes = (...pairs: [string, AttributeValue][]): Entry =>
  plainEntry({
    attributeNames: pairs.map(([name]) => name),
    attributeValues: pairs.map(([, value]) => value),
  });

describe("hashEntries", () => {
  it("never changes", () => {
    const entry = plainEntry({
      timestamp: 1_795_338_000_123,
      severity: "error",
      message: "connection reset \ud800 é",
      service: "matchmaker",
      level: "FATAL",
      traceId: "5b8e",
      spanId: "eee1",
      attributeNames: ["b", "a", "n", "z"],
      attributeValues: [true, "1", 1e21, -0],
    });
    expect(hexOf("default", [entry, plainEntry()])).toMatchInlineSnapshot(
      `"32b53096056c2f5abe14cfd292a15d68feb8ddbe09ef95672400f8b639a27a75"`,
    );
  });

  it("is the same whatever order the attributes were sent in", () => {
    const anyPairs = fc.uniqueArray(
      fc.tuple(fc.string(), fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean())),
      { selector: ([name]) => name },
    );
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        expect(hexOf("t", [withAttributes(...pairs)])).toBe(
          hexOf("t", [withAttributes(...pairs.toReversed())]),
        );
      }),
    );
  });

  it("differs where anything differs", () => {
    const hashes = [
      hexOf("t", []),
      hexOf("u", []),
      hexOf("t", [plainEntry()]),
      hexOf("t", [plainEntry(), plainEntry()]),
      hexOf("t", [plainEntry({ timestamp: 2 })]),
      hexOf("t", [plainEntry({ severity: "error" })]),
      hexOf("t", [plainEntry({ message: "n" })]),
      hexOf("t", [plainEntry({ message: "\ud800" })]),
      hexOf("t", [plainEntry({ message: "\ud801" })]),
      hexOf("t", [plainEntry({ message: "\ufffd" })]),
      hexOf("t", [plainEntry({ service: "" })]),
      hexOf("t", [plainEntry({ service: "x" })]),
      hexOf("t", [plainEntry({ level: "x" })]),
      hexOf("t", [plainEntry({ traceId: "x" })]),
      hexOf("t", [plainEntry({ spanId: "x" })]),
      hexOf("t", [withAttributes(["a", "1"])]),
      hexOf("t", [withAttributes(["a", 1])]),
      hexOf("t", [withAttributes(["a", 0])]),
      hexOf("t", [withAttributes(["a", -0])]),
      hexOf("t", [withAttributes(["a", "null"])]),
      hexOf("t", [withAttributes(["a", true])]),
      hexOf("t", [withAttributes(["a", "true"])]),
      hexOf("t", [withAttributes(["b", 1])]),
      hexOf("t", [withAttributes(["a", 1], ["b", 2])]),
      hexOf("t", [withAttributes(["a", 2], ["b", 1])]),
      hexOf("t", [withAttributes(["a", '1,"b":2'])]),
      hexOf("t", [withAttributes(['a":1,"b', 2])]),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("depends on where one entry ends and the next begins", () => {
    const [a, b, c] = ["a", "b", "c"].map((message) => plainEntry({ message }));
    expect(hexOf("t", [a!, b!, c!])).not.toBe(hexOf("t", [a!, c!, b!]));
    expect(hexOf("t", [a!, b!])).not.toBe(hexOf("t", [a!, b!, c!]));
  });

  it("is the same for many entries, however they are cut into pieces", () => {
    const long = Array.from({ length: 3000 }, (_, index) =>
      plainEntry({ message: `${index} ${"x".repeat(100)}` }),
    );
    expect(hexOf("t", long)).toBe(hexOf("t", [...long]));
    expect(hexOf("t", long)).not.toBe(hexOf("t", long.with(2999, plainEntry({ message: "y" }))));
  });
});
