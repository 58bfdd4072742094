import { expect, it } from "vitest";
import { fuzzByteDecoders, fuzzTextDecoders } from "../harness/fuzz/decoders/decoders-property.ts";
import { textDecoders } from "../harness/fuzz/decoders/texts.ts";
import { seedFrom } from "../harness/random.ts";

it("reads any text to a value or a clear error", async () => {
  await fuzzTextDecoders({ numRuns: 150, seed: seedFrom("FUZZ_SEED") });
});

it("reads any bytes to a value or a clear error", async () => {
  await fuzzByteDecoders({ numRuns: 150, seed: seedFrom("FUZZ_SEED") });
});

it.each(textDecoders)("takes what is good of $name", async ({ good, decode }) => {
  for (const text of good) expect(await decode(text)).toBeDefined();
});
