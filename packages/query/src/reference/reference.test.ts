import { describe, expect, test } from "vitest";
import type { Filter } from "../filter.ts";
import { found } from "../test/check.ts";
import { operatorDocs, queryReference } from "./index.ts";

describe.each(operatorDocs)("$title", ({ examples }) => {
  test.each(examples)("$query finds what it says", ({ query, finds, misses }) => {
    const places = found(query, [...finds, ...misses]);
    expect(places).toEqual(finds.map((_, i) => i));
  });
});

test("the page is as the operators say; `npx vitest run packages/query -u` makes it anew", async () => {
  await expect(queryReference()).toMatchFileSnapshot("../../../../docs/reference/query.md");
});

test("every operator is explained", () => {
  // A record over all operators: a new one does not compile until it has its place here.
  const titles: Readonly<Record<Filter["op"], string>> = {
    all: "Everything",
    and: "And",
    or: "Or, and groups",
    not: "Not",
    contains: "Words and phrases",
    equals: "A field has a value",
    exists: "A field is there",
    wildcard: "Wildcards",
    regex: "Regular expressions",
    compare: "Comparisons",
    range: "Ranges",
  };
  expect(operatorDocs.map(({ title }) => title).sort()).toEqual(Object.values(titles).sort());
});
