import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readChunkMeta } from "./index.ts";
import { normalize } from "./test/arbitraries.ts";
import { readAll } from "./test/read-all.ts";

const golden = new URL("./golden/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, golden));
const names = readdirSync(golden)
  .filter((name) => name.endsWith(".chunk"))
  .map((name) => name.replace(/\.chunk$/, ""));

it("has golden files", () => expect(names.length).toBeGreaterThan(0));

it.each(names)("reads the golden file %s", (name) => {
  const { meta, entries } = JSON.parse(read(`${name}.json`).toString());
  const bytes = read(`${name}.chunk`);
  // JSON has no undefined.
  expect(JSON.parse(JSON.stringify(readChunkMeta(bytes)))).toEqual(meta);
  expect(normalize(JSON.parse(JSON.stringify(readAll(bytes))))).toEqual(normalize(entries));
});
