import { openSqliteStore } from "@log-service/stores/sqlite";
import { it } from "vitest";
import { createDataFolder } from "../harness/data-folder.ts";
import { fuzzRoutes } from "../harness/fuzz/routes/routes-property.ts";
import { seedFrom } from "../harness/random.ts";

it("answers 50,000 random requests to all routes as their contract says", async () => {
  await fuzzRoutes(50_000, seedFrom("FUZZ_SEED"));
});

it("answers 10,000 of them on SQLite", async () => {
  await using folder = await createDataFolder();
  await using store = await openSqliteStore({ folder: folder.path });
  await fuzzRoutes(10_000, seedFrom("FUZZ_SEED"), store);
});
