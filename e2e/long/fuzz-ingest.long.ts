import { it } from "vitest";
import { fuzzIngest } from "../harness/fuzz/ingest-property.ts";
import { seedFrom } from "../harness/random.ts";

it("answers 100,000 random requests cleanly, and stores what is good of them exactly as sent", async () => {
  await fuzzIngest(100_000, seedFrom("FUZZ_SEED"));
});
