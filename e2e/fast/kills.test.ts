import { expect, it } from "vitest";
import { printReport, runKills } from "../harness/crash/kill-run.ts";
import { createDataFolder } from "../harness/data-folder.ts";
import { seedFrom } from "../harness/random.ts";

it("loses and doubles nothing when it is killed under load (5 kills; 50 in the long tests)", async () => {
  await using folder = await createDataFolder();
  const report = await runKills({
    dataFolder: folder.path,
    seed: seedFrom("KILLS_SEED"),
    kills: 5,
    killsAtStart: 1,
    producers: 8,
    loadMsMax: 600,
  });
  printReport(report);
  expect(report).toMatchObject({ kills: 5, missing: [], doubled: [], altered: [] });
  expect(report.acknowledgedEntries).toBeGreaterThan(0);
  expect(report.killsInFlight).toBeGreaterThanOrEqual(4);
}, 120_000);
