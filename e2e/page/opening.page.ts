import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { createStage } from "./harness/stage.ts";

it("the page shows the newest entries when its address is opened", async () => {
  await using stage = await createStage({ entries: 300 });
  const { page } = await stage.open("/");
  await page.getByRole("main").waitFor();
  expect(await page.title()).toContain("Logs");
  await expectNoAxeViolations(page);
});
