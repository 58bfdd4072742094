import { describe, expect, it } from "vitest";
import { type BatchFormat, parseBatch } from "./parse-batch.ts";
import { renderEntry } from "./render-entry.ts";

const now = Date.UTC(2026, 10, 22, 9);
const context = { now, oldest: 0, requireTimestamp: false };
const parse = (body: string, format: BatchFormat = "json") =>
  parseBatch(new TextEncoder().encode(body), format, context);

describe("parseBatch", () => {
  it("takes an object as a single entry", () => {
    const batch = parse(
      '{"severity":"info","message":"hello","player_id":"p-81","n":1.5,"x":null}',
    );
    expect(batch).toEqual({
      isSingle: true,
      rejectedCount: 0,
      rejected: [],
      entries: [
        {
          timestamp: now,
          severity: "info",
          message: "hello",
          service: undefined,
          level: undefined,
          traceId: undefined,
          spanId: undefined,
          attributeNames: ["player_id", "n"],
          attributeValues: ["p-81", 1.5],
        },
      ],
    });
  });

  it("takes the good lines and tells what is wrong with the others", () => {
    const batch = parse(
      '{"severity":"info","message":"a"}\r\n\n{"severity":"ERROR"}\n{"sev',
      "ndjson",
    );
    expect(batch.entries.length).toBe(1);
    expect(batch.rejected.map(({ index, code }) => [index, code])).toEqual([
      [1, "SEVERITY_INVALID"],
      [2, "ENTRY_NOT_JSON"],
    ]);
  });

  it("keeps large integers digit for digit", () => {
    const [entry] = parse(
      '{"severity":"info","message":"a","id":76561198000000001,"list":[76561198000000001,1]}',
    ).entries;
    expect(entry?.attributeValues).toEqual(["76561198000000001", "[76561198000000001,1]"]);
    expect(renderEntry({ ...entry!, logId: "x" })).toContain('"id":"76561198000000001"');
  });
});
