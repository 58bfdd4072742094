import { readFileSync } from "node:fs";
import { statusOf } from "@log-service/contract";
import { type ErrorCode, errorCatalogue, limits } from "@log-service/core";
import { describe, expect, it } from "vitest";
import { requestLimits } from "../packages/api/src/hosts/node/request-limits.ts";

const read = (name: string): string =>
  readFileSync(new URL(`../docs/reference/${name}`, import.meta.url), "utf8");

/** The first two cells of each row of a table. */
const rowsOf = (text: string): [string, string][] =>
  [...text.matchAll(/^\| `(\w+)` \| ([^|]*) \|/gm)].map(([, name = "", next = ""]) => [name, next]);

describe("the reference of errors", () => {
  const rows = rowsOf(read("errors.md"));

  it("has each code of the catalogue, and no other", () => {
    expect(rows.map(([code]) => code)).toEqual(Object.keys(errorCatalogue));
  });

  it("has each under the status that it is answered with", () => {
    // The keys of the catalogue are its codes; Object.keys types them as strings.
    const codes = Object.keys(errorCatalogue) as ErrorCode[];
    expect(rows).toEqual(codes.map((code) => [code, String(statusOf(code))]));
  });
});

it("the reference of limits has each limit, and no other", () => {
  expect(rowsOf(read("limits.md")).map(([name]) => name)).toEqual([
    ...Object.keys(limits),
    ...Object.keys(requestLimits),
  ]);
});
