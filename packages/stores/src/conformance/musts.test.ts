import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { musts } from "./musts.ts";

/** The sentences with *must* in the comments of the port, except for the one that says what such a sentence means. */
const sentencesOfPort = (): string[] => {
  const source = readFileSync(new URL("../../../core/src/store.ts", import.meta.url), "utf8");
  const comments = source.match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return comments
    .map((comment) =>
      comment
        .slice(3, -2)
        .replaceAll(/\s*\n\s*\*\s/g, " ")
        .trim(),
    )
    .flatMap((text) => text.split(/(?<=\.)\s+/))
    .filter((sentence) => sentence.includes("*must*") || sentence.includes("*must not*"))
    .map((sentence) => sentence.replaceAll("*", ""))
    .filter((sentence) => !sentence.startsWith("Each sentence with"));
};

it("has a test for each sentence with *must* of the port", () => {
  expect(Object.values(musts).toSorted()).toEqual(sentencesOfPort().toSorted());
});
