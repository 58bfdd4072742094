import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as layout from "./layout.ts";

const page = readFileSync(new URL("../../../../docs/formats/chunk.md", import.meta.url), "utf8");

/** What is named by the page only in words. */
const inWords = ["zstdLevel", "streamCount", "formatVersion", "magic"];

it("is drawn in docs/formats/chunk.md, constant by constant", () => {
  const names = Object.keys(layout).filter((name) => !inWords.includes(name));
  expect(names.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
});

it.each([
  ["the encodings of strings", Object.keys(layout.stringEncodings)],
  ["the streams", Object.keys(layout.streams)],
  ["the flags of the header", Object.keys(layout.headerFlags)],
  ["the flags of integers", Object.keys(layout.packedFlags)],
])("is drawn there: %s", (_, names) => {
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
