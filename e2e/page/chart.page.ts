import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { breakOff } from "./harness/break-off.ts";
import { createStage } from "./harness/stage.ts";

const minute = 60_000;
const end = Math.floor(Date.now() / minute) * minute - 10 * minute;
const begin = end - 60 * minute;
const address = `/?tab=chart&from=${begin}&to=${end}`;

const services = ["gateway", "gateway", "matchmaker", "chat"];

const entries = Array.from({ length: 60 }, (_, index) => ({
  timestamp: begin + index * minute,
  severity: "info",
  service: services[index % 4],
  message: `number ${index}`,
  latency_ms: index,
}));

const chart = (page: Page) => page.getByRole("region", { name: "Chart" });
const choice = (page: Page, name: string) =>
  chart(page).getByRole("combobox", { name, exact: true });
const search = (page: Page) => new URL(page.url()).searchParams;
const row = (page: Page, name: string) => chart(page).getByRole("row").filter({ hasText: name });
const pixels = (page: Page) =>
  page.locator("canvas").evaluate((node) => {
    // The locator names a canvas.
    return (node as HTMLCanvasElement).toDataURL();
  });

it("measures a field by groups, all of it in the address", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const { page } = await stage.open(address);
  await row(page, "info").getByText("60", { exact: true }).waitFor();
  await choice(page, "by").selectOption("service");
  await row(page, "gateway").getByText("50%").waitFor();
  await choice(page, "Measure").selectOption("max");
  await row(page, "gateway").getByText("57").waitFor();
  await choice(page, "top").selectOption("5");
  await page.getByText("Bars", { exact: true }).click();
  await expect.poll(() => search(page).get("chart")).toBe("bar");
  await expect.poll(() => search(page).get("measure")).toBe("max(latency_ms)");
  await expect.poll(() => search(page).get("by")).toBe("service");
  await expect.poll(() => search(page).get("top")).toBe("5");
  await expectNoAxeViolations(page);
  await page.reload();
  await row(page, "gateway").getByText("57").waitFor();
});

it("asks for a group that is clicked", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const { page } = await stage.open(`${address}&by=service&chart=table`);
  await expectNoAxeViolations(page);
  await row(page, "chat").getByRole("button", { name: "chat" }).click();
  await expect.poll(() => search(page).get("q")).toBe("service:chat");
  await expect.poll(() => chart(page).getByRole("row").count()).toBe(2);
});

it("zooms to what is dragged, and out on a double click", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const { page } = await stage.open(`${address}&by=service`);
  const plot = page.locator(".u-over");
  await plot.hover();
  const { x = 0, y = 0, width = 0 } = (await plot.boundingBox()) ?? {};
  await page.mouse.move(x + width * 0.25, y + 40);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + 60, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => Number(search(page).get("from"))).toBeGreaterThan(begin + 14 * minute);
  await expect.poll(() => Number(search(page).get("from"))).toBeLessThan(begin + 16 * minute);
  await expect.poll(() => Number(search(page).get("to"))).toBeLessThan(begin + 31 * minute);
  const zoomed = page.url();
  await plot.dblclick();
  await expect.poll(() => page.url()).not.toBe(zoomed);
  await expect.poll(() => Number(search(page).get("from"))).toBeLessThan(begin + 14 * minute);
});

it("shows the values at the pointer, hides groups, and follows the theme and the width", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const { page } = await stage.open(`${address}&by=service`);
  await page.locator(".u-over").hover();
  await chart(page)
    .getByText(/^count over time · /)
    .waitFor();
  await page.mouse.move(0, 0);
  const whole = await pixels(page);
  await chart(page).getByRole("checkbox", { name: "Draw gateway" }).click();
  await expect.poll(() => pixels(page)).not.toBe(whole);
  const light = await pixels(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => pixels(page)).not.toBe(light);
  await expectNoAxeViolations(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect
    .poll(() => page.locator("canvas").evaluate((node) => node.clientWidth))
    .toBeLessThan(360);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

it("keeps what the pointer shows and drags while more is counted", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const releases = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const before = (page: Page) =>
    page.route("**/logs/stats?*", async (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get("from"));
      await releases[Math.round((from - begin) / (20 * minute)) - 1]?.promise;
      return breakOff(route, { end, budgetMs: 20 * minute });
    });
  const { page } = await stage.open(`${address}&by=service`, { before });
  const counted = (count: string) =>
    row(page, "gateway").getByText(count, { exact: true }).waitFor();
  const atPointer = chart(page).getByText(/^count over time · /);
  await counted("10");
  const { x = 0, y = 0, width = 0 } = (await page.locator(".u-over").boundingBox()) ?? {};
  await page.mouse.move(x + width * 0.25, y + 40);
  await atPointer.waitFor();
  releases[0]?.resolve();
  await counted("20");
  await atPointer.waitFor();
  await page.mouse.down();
  await page.mouse.move(x + width * 0.4, y + 60, { steps: 4 });
  releases[1]?.resolve();
  await counted("30");
  await page.mouse.move(x + width * 0.5, y + 60, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => Number(search(page).get("from"))).toBeGreaterThan(begin + 14 * minute);
  await expect.poll(() => Number(search(page).get("to"))).toBeGreaterThan(begin + 29 * minute);
  await expect.poll(() => Number(search(page).get("to"))).toBeLessThan(begin + 31 * minute);
});

it("draws what belongs to one question, though its parts are answered one after the other", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const { page } = await stage.open(`${address}&by=service`);
  await row(page, "gateway").getByText("30", { exact: true }).waitFor();
  await chart(page).getByText("count over time, per").waitFor();
  const release = Promise.withResolvers<void>();
  await page.route("**/logs/stats?*interval=*", async (route) => {
    await release.promise;
    return route.continue();
  });
  const totals = page.waitForResponse(/\/logs\/stats\?(?!.*interval).*max/);
  await choice(page, "Measure").selectOption("max");
  await (await totals).finished();
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  await chart(page).getByText("count over time").waitFor();
  expect(await row(page, "gateway").getByText("57").count()).toBe(0);
  release.resolve();
  await chart(page).getByText("max(latency_ms) over time").waitFor();
  await row(page, "gateway").getByText("57").waitFor();
});

it("shows the same numbers as a table", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const { page } = await stage.open(`${address}&by=service`);
  await chart(page).getByRole("button", { name: "Numbers" }).click();
  const dialog = page.getByRole("dialog", { name: "count over time" });
  await expect.poll(() => dialog.getByRole("row").count()).toBe(61);
  await expectNoAxeViolations(page);
});

it("lists no group without a number, and says which these are", async () => {
  await using stage = await createStage();
  const fixed = { timestamp: begin, severity: "info", message: "no number", service: "lobby" };
  await stage.post([...entries, fixed]);
  const { page } = await stage.open(`${address}&by=service&measure=p95(latency_ms)`);
  await chart(page).getByText("No number of latency_ms: lobby").waitFor();
  await expect.poll(() => chart(page).getByRole("checkbox").count()).toBe(3);
  await expectNoAxeViolations(page);
  await page.goto(new URL(`${address}&q=service:lobby&measure=p95(latency_ms)`, page.url()).href);
  await page.getByText("No entry has a number for p95(latency_ms)").waitFor();
});

it("goes on by itself where the service broke off, and adds up what it was told", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const before = (page: Page) =>
    page.route("**/logs/stats?*", (route) => breakOff(route, { end, budgetMs: 20.5 * minute }));
  const { page } = await stage.open(`${address}&by=service&measure=sum(latency_ms)`, { before });
  await row(page, "gateway").getByText("855", { exact: true }).waitFor();
  await row(page, "matchmaker").getByText("450", { exact: true }).waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Stop" }).count()).toBe(0);
  await chart(page).getByRole("button", { name: "Numbers" }).click();
  const last = page.getByRole("dialog").getByRole("row").last();
  await last.getByRole("cell", { name: "59", exact: true }).waitFor();
});

it("stops when it is told to, and goes on again", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const release = Promise.withResolvers<void>();
  const before = (page: Page) =>
    page.route("**/logs/stats?*", async (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get("from"));
      if (from > begin) await release.promise;
      return breakOff(route, { end, budgetMs: 30 * minute });
    });
  const { page } = await stage.open(`${address}&by=service`, { before });
  await page.getByText("so far, 50% counted").waitFor();
  await expectNoAxeViolations(page);
  await chart(page).getByRole("button", { name: "Stop" }).click();
  await page.getByText("the rest is not counted").waitFor();
  release.resolve();
  await chart(page).getByRole("button", { name: "Go on" }).click();
  await row(page, "gateway").getByText("30", { exact: true }).waitFor();
  await expect.poll(() => page.getByText("counted").count()).toBe(0);
});

it("says up to where a percentile is measured, which parts do not make", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const before = (page: Page) =>
    page.route("**/logs/stats?*", (route) => breakOff(route, { end, budgetMs: 30 * minute }));
  const { page } = await stage.open(`${address}&by=service&measure=p95(latency_ms)`, { before });
  await page.getByText("Measured up to").waitFor();
  await row(page, "gateway").getByText("53.3%").waitFor();
});

it("says when nothing matches, and what to do", async () => {
  await using stage = await createStage();
  const { page } = await stage.open("/?tab=chart");
  await page.getByText("No entry matches in this time.").waitFor();
  await expectNoAxeViolations(page);
});
