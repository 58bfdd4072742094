import { describe, expect, it } from "vitest";
import { parseBatch } from "./parse-batch.ts";

const now = Date.UTC(2026, 10, 22, 9);
const context = { now, oldest: 0, requireTimestamp: false };

const parse = (timestamp: string, more = {}) => {
  const text = `{"severity":"info","message":"m","timestamp":${timestamp}}`;
  return parseBatch(new TextEncoder().encode(text), "json", { ...context, ...more });
};

const month = { oldest: now - 30 * 86_400_000, oldestSetting: "LOG_RETENTION_DAYS" };

describe("the time of an entry", () => {
  it.each([
    ["null", now],
    ["0", 0],
    ["-0", 0],
    ["1795338000123", 1_795_338_000_123],
    ["1795338000123.0", 1_795_338_000_123],
    ["1.795338e12", 1_795_338_000_000],
    // Seconds, taken for milliseconds: they name a time of 1970, and nothing says that they do not.
    ["1795338000", 1_795_338_000],
    ['"2026-11-22T10:00:00.5+01:00"', now + 500],
    ['"1970-01-01T00:00:00Z"', 0],
  ])("that is sent as %s is %i", (text, time) => {
    expect(parse(text).entries.map((entry) => entry.timestamp)).toEqual([time]);
  });

  it.each([
    ["1.5", "timestamp is 1.5; it must be ISO 8601"],
    ["true", "timestamp is true; it must be ISO 8601"],
    ["[]", "timestamp is an array; it must be ISO 8601"],
    ["{}", "timestamp is an object; it must be ISO 8601"],
    ["1e400", "timestamp is 1e400; it must be ISO 8601"],
    ["5e-400", "timestamp is 5e-400; it must be ISO 8601"],
    ["1795338000123.00000000000001", "timestamp is 1795338000123.00000000000001; it must be"],
    ['"1795338000123"', 'timestamp is "1795338000123"; it must be ISO 8601'],
    ['"2026-11-22"', 'timestamp is "2026-11-22"; it must be ISO 8601'],
    ["-1", "timestamp is -1; it must not lie before 1970"],
    ['"1969-12-31T23:59:59Z"', 'timestamp is "1969-12-31T23:59:59Z"; it must not lie before 1970'],
    ['"1970-01-01T00:00:00+01:00"', "it must not lie before 1970"],
  ])("is not %s", (text, message) => {
    const [rejected] = parse(text).rejected;
    expect(rejected?.code).toBe("TIMESTAMP_INVALID");
    expect(rejected?.message).toContain(message);
  });

  it("in digits is to be sent without quotes", () => {
    expect(parse('"1795338000123"').rejected[0]?.message).toMatch(/ as a number without quotes$/);
  });

  it("that is too old is refused with the setting, and with a hint where it looks like seconds", () => {
    const messages = ["1795338000", '"2026-10-01T00:00:00Z"', String(month.oldest - 1)].map(
      (text) => parse(text, month).rejected[0],
    );
    const limit = "the oldest accepted is 2026-10-23T09:00:00.000Z (LOG_RETENTION_DAYS)";
    expect(messages.map((rejected) => [rejected?.code, rejected?.message])).toEqual([
      [
        "TIMESTAMP_TOO_OLD",
        `timestamp is 1795338000; ${limit}; it looks like seconds, send milliseconds`,
      ],
      ["TIMESTAMP_TOO_OLD", `timestamp is "2026-10-01T00:00:00Z"; ${limit}`],
      ["TIMESTAMP_TOO_OLD", `timestamp is ${month.oldest - 1}; ${limit}`],
    ]);
    expect(parse(String(month.oldest), month).entries.length).toBe(1);
  });

  it.each(["1795338000123456", "1795338000123456789", "1e300"])(
    "that is too far ahead, %s, is refused with the unit",
    (text) => {
      const [rejected] = parse(text).rejected;
      expect(rejected?.code).toBe("TIMESTAMP_TOO_FAR_AHEAD");
      expect(rejected?.message).toMatch(
        /; it looks like micro- or nanoseconds, send milliseconds$/,
      );
    },
  );

  it("has to be sent where batches are compared by content", () => {
    const codes = ["null", "1795338000123"].map((text) =>
      parse(text, { requireTimestamp: true }).rejected.map(({ code }) => code),
    );
    expect(codes).toEqual([["TIMESTAMP_REQUIRED"], []]);
  });
});
