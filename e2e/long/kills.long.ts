import { expect, it } from "vitest";
import { printReport, runKills } from "../harness/crash/kill-run.ts";
import { createDataFolder } from "../harness/data-folder.ts";
import { seedFrom } from "../harness/random.ts";

it("loses and doubles nothing when it is killed at 50 random moments under load", async () => {
  await using folder = await createDataFolder();
  const report = await runKills({
    dataFolder: folder.path,
    seed: seedFrom("KILLS_SEED"),
    kills: 50,
    killsAtStart: 15,
    producers: 12,
    loadMsMax: 800,
  });
  printReport(report);
  expect(report).toMatchObject({ kills: 50, missing: [], doubled: [], altered: [] });
  expect(report.killsInFlight).toBeGreaterThanOrEqual(40);
  expect(report.sentAgain).toBeGreaterThan(0);
  expect(report.acknowledgedEntries).toBeGreaterThan(1000);
});
