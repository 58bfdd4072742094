import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { createStage } from "./harness/stage.ts";

const range = (page: Page) => page.getByRole("button", { name: /^Time range:/ });
const search = (page: Page) => new URL(page.url()).searchParams;

it("takes a preset, any length that is typed, and goes back", async () => {
  await using stage = await createStage({ entries: 50 });
  const { page } = await stage.open("/");
  await range(page).click();
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "Last 15m" }).click();
  await expect.poll(() => range(page).textContent()).toBe("Last 15 minutes");
  await range(page).click();
  await page.getByRole("textbox", { name: "Last" }).fill("1h 30m");
  await page.keyboard.press("Enter");
  await expect.poll(() => range(page).textContent()).toBe("Last 90 minutes");
  await expect.poll(() => search(page).get("last")).toBe("90m");
  await page.goBack();
  await expect.poll(() => range(page).textContent()).toBe("Last 15 minutes");
});

it("takes two moments on the clock of the zone, and says what is wrong with them", async () => {
  await using stage = await createStage({ entries: 50 });
  const { page } = await stage.open("/", { timezoneId: "Asia/Kolkata" });
  await range(page).click();
  const from = page.getByRole("textbox", { name: "From" });
  const to = page.getByRole("textbox", { name: "To" });
  await from.fill("2026-11-22 09:00");
  await to.fill("2026-11-22 08:00");
  await page.keyboard.press("Enter");
  await page.getByText("The end has to be after the beginning.").waitFor();
  await expect.poll(() => to.getAttribute("aria-invalid")).toBe("true");
  await expectNoAxeViolations(page);
  await to.fill("2026-11-22T04:00:00Z");
  await page.keyboard.press("Enter");
  await expect.poll(() => range(page).textContent()).toBe("2026-11-22 09:00 – 09:30 UTC+05:30");
  await expect.poll(() => search(page).get("from")).toBe(`${Date.parse("2026-11-22T03:30Z")}`);
  await expect.poll(() => search(page).get("to")).toBe(`${Date.parse("2026-11-22T04:00Z")}`);
});

it("goes earlier, later again, and zooms out", async () => {
  await using stage = await createStage({ entries: 50 });
  const { page } = await stage.open("/");
  await page.getByRole("button", { name: "Earlier" }).click();
  await expect.poll(() => Number(search(page).get("to"))).toBeLessThan(Date.now() - 29 * 60_000);
  await page.getByRole("button", { name: "Later" }).click();
  await expect.poll(() => range(page).textContent()).toBe("Last 1 hour");
  await expect.poll(() => page.getByRole("button", { name: "Later" }).isDisabled()).toBe(true);
  await page.getByRole("button", { name: "Zoom out" }).click();
  await expect.poll(() => range(page).textContent()).toBe("Last 2 hours");
});

it("shows what arrives when it is refreshed, and by itself when that is chosen", async () => {
  await using stage = await createStage();
  await stage.post([{ severity: "info", message: "the first" }]);
  const { page } = await stage.open("/");
  const total = page.getByRole("region", { name: "Entries over time" }).getByRole("status");
  await expect.poll(() => total.textContent()).toBe("1 entry");
  await stage.post([{ severity: "info", message: "the second" }]);
  await page.getByRole("button", { name: "Refresh", exact: true }).click();
  await expect.poll(() => total.textContent()).toBe("2 entries");
  await page.getByRole("button", { name: "Refresh by itself: off" }).click();
  await page.getByRole("menuitemradio", { name: "Every 5 seconds" }).click();
  await stage.post([{ severity: "info", message: "the third" }]);
  await expect.poll(() => total.textContent()).toBe("3 entries");
});

it("a time between two moments is asked for again, too, since what is late arrives in it", async () => {
  await using stage = await createStage();
  const timestamp = stage.endsAt - 90_000_000;
  await stage.post([{ severity: "info", message: "in time", timestamp }]);
  const { page } = await stage.open(`/?from=${timestamp - 60_000}&to=${timestamp + 60_000}`);
  const total = page.getByRole("region", { name: "Entries over time" }).getByRole("status");
  await expect.poll(() => total.textContent()).toBe("1 entry");
  await stage.post([{ severity: "info", message: "late", timestamp }]);
  await page.getByRole("button", { name: "Refresh", exact: true }).click();
  await expect.poll(() => total.textContent()).toBe("2 entries");
  await page.getByRole("row", { name: "late" }).waitFor();
});

it("goes on with now from a moment on, in the address too", async () => {
  await using stage = await createStage({ entries: 50 });
  const { page } = await stage.open("/");
  await range(page).click();
  await page.getByRole("textbox", { name: "From" }).fill("-90m");
  await page.getByRole("textbox", { name: "To" }).fill("now");
  await page.keyboard.press("Enter");
  await expect.poll(() => range(page).textContent()).toMatch(/^Since /);
  await expect.poll(() => search(page).has("to")).toBe(false);
  const text = await range(page).textContent();
  await page.reload();
  await expect.poll(() => range(page).textContent()).toBe(text);
});
