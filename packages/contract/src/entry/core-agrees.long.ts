import fc from "fast-check";
import { it } from "vitest";
import { agrees } from "./test/agrees.ts";
import { entryText } from "./test/entry-text.ts";

it("the ingest path and the specification agree on 100,000 entries of any shape", () => {
  fc.assert(fc.property(entryText, agrees), { numRuns: 100_000 });
});
