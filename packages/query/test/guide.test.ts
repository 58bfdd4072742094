import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "../src/index.ts";

const guide = readFileSync(new URL("../../../docs/query-language.md", import.meta.url), "utf8");

const examples = [...guide.matchAll(/^```query\n([^`]*)```/gm)].flatMap(([, block = ""]) =>
  block.trim().split("\n"),
);

/** The first and the last cell of each row of the table of mistakes. */
const rows = [...guide.matchAll(/^\| (`.*?) \| .* \| (.*?) ?\|$/gm)].map(
  ([, wrote = "", meant = ""]) => ({
    wrote: [...wrote.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text),
    meant: meant.replaceAll("`", ""),
  }),
);

test("the guide has examples", () => {
  expect(examples.length).toBeGreaterThan(10);
  expect(rows.length).toBeGreaterThan(5);
});

test.each(examples)("%s is a query, and one that means what it looks like", (text) => {
  expect(parse(text)).toMatchObject({ problems: [], hints: [] });
});

test.each(rows)("$wrote is a query, and so is what may be meant", ({ wrote, meant }) => {
  for (const text of [...wrote, meant]) expect(parse(text).problems).toEqual([]);
});
