import { it } from "vitest";
import { fuzzRoutes } from "../harness/fuzz/routes/routes-property.ts";
import { seedFrom } from "../harness/random.ts";

it("answers 400 random requests to all routes as their contract says", async () => {
  await fuzzRoutes(400, seedFrom("FUZZ_SEED"));
});
