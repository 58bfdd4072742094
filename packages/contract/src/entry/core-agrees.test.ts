import { limits, severities } from "@log-service/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { severitySchema } from "../answers.ts";
import { agrees, expected, read } from "./test/agrees.ts";
import { entryText, longText } from "./test/entry-text.ts";
import { utf8Length } from "./utf8.ts";

describe("the ingest path and the specification of entries", () => {
  it("agree on entries of any shape", () => {
    fc.assert(fc.property(entryText, agrees), { numRuns: 2000 });
  });

  it("agree on texts around their limits", () => {
    const text = fc
      .tuple(fc.constantFrom("message", "player_id", "service"), longText)
      .map(([name, long]) => `{"severity":"info","message":"m","${name}":${long}}`)
      .filter((entry) => utf8Length(entry) <= limits.entryBytes.value);
    fc.assert(fc.property(text, agrees), { numRuns: 200 });
  });

  it.each([127, 128, 129, 300])("agree on %d attributes", (count) => {
    const names = Array.from({ length: count }, (_, index) => `"n${index}":${index}`);
    agrees(`{"severity":"info","message":"m",${names.join(",")}}`);
    agrees(`{"severity":"info","message":"m","attributes":{${names.join(",")}}}`);
    agrees(`{"severity":"info","message":"m","n1":0,"attributes":{"o":{${names.join(",")}}}}`);
  });

  it.each([5, 6, 7, 8])("agree on %d levels", (levels) => {
    const objects = `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    const arrays = `${"[".repeat(levels)}${"]".repeat(levels)}`;
    agrees(`{"severity":"info","message":"m","x":${objects},"y":${arrays}}`);
    agrees(`{"severity":"info","message":"m","attributes":{"x":${objects},"y":${arrays}}}`);
    agrees(`{"severity":"info","message":"m","attributes":${objects}}`);
  });

  it.each(["1e400", "-1e400"])("refuse the timestamp %s", (timestamp) => {
    const text = `{"severity":"info","message":"m","timestamp":${timestamp}}`;
    expect([...read(text).entries, ...expected(text).entries]).toEqual([]);
  });

  it("know the same severities", () => {
    expect(severitySchema.options).toEqual(severities);
  });
});
