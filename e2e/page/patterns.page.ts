import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { entryRows, waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

const minute = 60_000;

const some = (count: number, before: number, entry: (index: number) => object): object[] =>
  Array.from({ length: count }, (_, index) => ({
    timestamp: Date.now() - before * minute,
    severity: "info",
    service: "gateway",
    ...entry(index),
  }));

const joined = (index: number) => ({ message: `player p-${index} joined match m-${index}` });
const failed = (index: number) => ({
  severity: "error",
  message: `migration ${index} failed: column missing`,
});
const reloaded = (index: number) => ({ message: `config reloaded in ${index} ms` });

it("groups entries by what they say, and leads to those of a group", async () => {
  await using stage = await createStage();
  await stage.post([...some(30, 5, joined), ...some(6, 4, failed)]);
  const { page } = await stage.open("/?tab=patterns");
  const table = page.getByRole("table", { name: "Patterns" });
  const row = table.getByRole("row").filter({ hasText: "migration" });
  await row.waitFor();
  await page.getByText("2 patterns in 36 entries").waitFor();
  await table.getByRole("button", { name: "Severity" }).click();
  await expect
    .poll(() => table.locator("tbody [aria-expanded]").first().textContent())
    .toBe("migration <num> failed: column missing");
  await expect.poll(() => new URL(page.url()).searchParams.get("order")).toBe("-severity");
  await page.reload();
  await expect
    .poll(() => table.locator("tbody [aria-expanded]").first().textContent())
    .toBe("migration <num> failed: column missing");
  await row.getByRole("button").click();
  await page.getByRole("region", { name: "Details of the entry" }).waitFor();
  await page.getByRole("button", { name: "Show these entries" }).click();
  await waitForEntries(page);
  await expect.poll(() => entryRows(page).count()).toBe(6);
});

it("leaves a group out of the query", async () => {
  await using stage = await createStage();
  await stage.post([...some(30, 5, joined), ...some(6, 4, failed)]);
  const { page } = await stage.open("/?tab=patterns&q=service:gateway");
  await page.getByRole("button", { name: "joined match" }).click();
  await page.getByRole("button", { name: "Exclude these" }).click();
  await page.getByText("1 pattern in 6 entries").waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toMatch(/^service:gateway /);
});

it("says what is new and what is gone beside the time before, and keeps that in the address", async () => {
  await using stage = await createStage();
  await stage.post([
    ...some(30, 5, joined),
    ...some(30, 20, joined),
    ...some(6, 4, failed),
    ...some(9, 20, reloaded),
  ]);
  const { page } = await stage.open("/?tab=patterns&last=15m");
  await page.getByText("2 patterns in 36 entries").waitFor();
  await page.getByLabel("Compare with").selectOption("previous");
  await page.getByText("1 new").waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get("compare")).toBe("previous");
  const section = (name: string) =>
    page.locator("tbody").filter({ has: page.getByRole("rowheader", { name }) });
  await section("New").getByText("migration").waitFor();
  await section("Same").getByText("30 → 30").waitFor();
  await section("Gone").getByRole("button", { name: "config reloaded" }).click();
  await page.getByRole("button", { name: "Show these entries" }).click();
  await waitForEntries(page);
  await expect.poll(() => entryRows(page).count()).toBe(9);
});

it("shows patterns on a phone", async () => {
  await using stage = await createStage({ entries: 500 });
  const viewport = { width: 360, height: 740 };
  const { page } = await stage.open("/?tab=patterns&compare=previous", { viewport });
  await page.getByRole("button", { name: "player" }).first().waitFor();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

it("can be used without seeing it: patterns", async () => {
  await using stage = await createStage();
  await stage.post([...some(30, 5, joined), ...some(6, 4, failed), ...some(9, 20, reloaded)]);
  const { page } = await stage.open("/?tab=patterns&last=15m&compare=previous");
  await page.getByRole("button", { name: "config reloaded" }).click();
  await page.getByRole("region", { name: "Details of the entry" }).waitFor();
  await expectNoAxeViolations(page);
});

it("walks through patterns by keys", async () => {
  await using stage = await createStage();
  await stage.post([...some(30, 5, joined), ...some(6, 4, failed)]);
  const { page } = await stage.open("/?tab=patterns");
  await page.getByText("2 patterns in 36 entries").waitFor();
  for (const key of ["j", "j", "Enter"]) await page.keyboard.press(key);
  const failing = page.getByRole("button", { name: "migration", expanded: true });
  await failing.waitFor();
  await page.keyboard.press("k");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toContain("joined match");
});
