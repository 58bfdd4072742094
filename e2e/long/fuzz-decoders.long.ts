import { it } from "vitest";
import { fuzzByteDecoders, fuzzTextDecoders } from "../harness/fuzz/decoders/decoders-property.ts";
import { seedFrom } from "../harness/random.ts";

it("reads any text to a value or a clear error, 10,000 times each decoder", async () => {
  await fuzzTextDecoders({ numRuns: 10_000, seed: seedFrom("FUZZ_SEED") });
});

it("reads any bytes to a value or a clear error, 20,000 times", async () => {
  await fuzzByteDecoders({ numRuns: 20_000, seed: seedFrom("FUZZ_SEED") });
});
