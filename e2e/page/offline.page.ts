import { expect, it } from "vitest";
import { entryRows, waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

it("without a connection it says so and keeps what it shows, and goes on by itself when there is one", async () => {
  await using stage = await createStage({ entries: 200 });
  const { page, allow } = await stage.open("/");
  await waitForEntries(page);
  await page.waitForLoadState("networkidle");
  allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  const shown = await entryRows(page).count();
  await page.context().setOffline(true);
  const said = page.getByText("The service does not answer");
  await said.waitFor();
  // The banner takes the place of some.
  expect(await entryRows(page).count()).toBeGreaterThan(shown / 2);
  await page.context().setOffline(false);
  await said.waitFor({ state: "detached" });
});

it("a search that failed without a connection is made when there is one", async () => {
  await using stage = await createStage({ entries: 200 });
  const { page, allow } = await stage.open("/");
  await waitForEntries(page);
  await page.waitForLoadState("networkidle");
  allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  await page.context().setOffline(true);
  await page.getByLabel("Query", { exact: true }).fill("severity:info");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").first().waitFor();
  await page.context().setOffline(false);
  await waitForEntries(page);
});
