import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttributeValue, StoredEntry } from "./entry.ts";
import { parseBatch } from "./parse-batch.ts";
import { renderEntry } from "./render-entry.ts";
import { plainEntry } from "./test/plain-entry.ts";

const now = Date.UTC(2026, 10, 22, 9);
const logId = "019ab5c2-7d3e-7c01-9f00-6b1e5a000003";

const anyText = fc.string({ unit: "binary", maxLength: 30 });
const anyUnits = fc
  .array(fc.nat(0xffff), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));
const anyOptional = fc.option(fc.oneof(anyText, anyUnits), { nil: undefined });
const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(-0, 5e-324, 1e21, 1e20, 2 ** 53, 2 ** 53 + 2, -(2 ** 63), 1.7976931348623157e308),
);
const anyValue: fc.Arbitrary<AttributeValue> = fc.oneof(anyText, anyUnits, anyNumber, fc.boolean());
const anyName = fc.oneof(
  anyText,
  anyUnits,
  fc.constantFrom(
    "",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "a.b",
    "1",
    "severity",
    "logId",
  ),
);

const anyEntry: fc.Arbitrary<StoredEntry> = fc
  .record({
    timestamp: fc.integer({ min: 0, max: now }),
    severity: fc.constantFrom("info", "warning", "error"),
    message: fc.oneof(anyText, anyUnits).filter((text) => text !== ""),
    service: anyOptional,
    level: anyOptional,
    traceId: anyOptional,
    spanId: anyOptional,
    pairs: fc.uniqueArray(fc.tuple(anyName, anyValue), { selector: ([name]) => name }),
  })
  .map(({ pairs, ...fields }) => ({
    ...fields,
    attributeNames: pairs.map(([name]) => name),
    attributeValues: pairs.map(([, value]) => value),
    logId,
  }));

/** Names that look like array indices come first in any object of JavaScript. */
const byName = (entry: Omit<StoredEntry, "logId"> | undefined) => {
  const { attributeNames = [], attributeValues = [], ...fields } = entry ?? {};
  const attributes = new Map(attributeNames.map((name, index) => [name, attributeValues[index]]));
  return { ...fields, attributes };
};

describe("renderEntry", () => {
  it("writes the fields in their order, the time in ISO 8601, without what is not there", () => {
    const entry: StoredEntry = {
      timestamp: now + 123,
      severity: "error",
      message: "connection reset by peer",
      service: "matchmaker",
      level: "FATAL",
      traceId: "5b8e",
      spanId: "eee1",
      attributeNames: ["player_id", "latency_ms", "http.status", "retry"],
      attributeValues: ["p-81", 41, 502, true],
      logId,
    };
    expect(renderEntry(entry)).toBe(
      `{"logId":"${logId}","timestamp":"2026-11-22T09:00:00.123Z","severity":"error","message":"connection reset by peer","service":"matchmaker","level":"FATAL","traceId":"5b8e","spanId":"eee1","attributes":{"player_id":"p-81","latency_ms":41,"http.status":502,"retry":true}}`,
    );
    const { timestamp, severity, message } = entry;
    const bare = plainEntry({ timestamp, severity, message });
    expect(renderEntry({ ...bare, logId })).toBe(
      `{"logId":"${logId}","timestamp":"2026-11-22T09:00:00.123Z","severity":"error","message":"connection reset by peer","attributes":{}}`,
    );
  });

  it("writes what parseBatch reads as the same entry, on one line of well-formed text", () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const line = renderEntry(entry);
        expect(line.includes("\n")).toBe(false);
        expect(line.isWellFormed()).toBe(true);
        expect(JSON.parse(line)).toHaveProperty("logId", logId);
        // A logId that is sent would be one more attribute.
        const sent = line.replace(`"logId":"${logId}",`, "");
        const context = { now, oldest: 0, requireTimestamp: true };
        const batch = parseBatch(new TextEncoder().encode(sent), "json", context);
        const { logId: _, ...expected } = entry;
        expect(batch.rejected).toEqual([]);
        expect(byName(batch.entries[0])).toEqual(byName(expected));
      }),
      { numRuns: 1000 },
    );
  });
});
