import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

const views = ["/", "/?tab=live", "/?tab=patterns", "/?tab=chart", "/?tab=chart&chart=table"];

/** Nothing is under way any more, and all that comes with it is drawn. */
const settle = async (page: Page) => {
  await page.getByRole("main").waitFor();
  const underWay = page.locator("[aria-busy=true], progress, [role=status][aria-label]");
  await expect.poll(() => underWay.count()).toBe(0);
  await page.evaluate(() => new Promise(requestAnimationFrame));
};

it.each(["light", "dark"] as const)(
  "each view can be used without seeing it, and is of good contrast (%s)",
  async (colorScheme) => {
    await using stage = await createStage({ entries: 500 });
    const { page } = await stage.open("/", { colorScheme });
    for (const address of views) {
      await page.goto(stage.server.url + address);
      await settle(page);
      await expectNoAxeViolations(page);
    }
  },
);

it("is dark or light as the system is, or as it is told", async () => {
  await using stage = await createStage({ entries: 100 });
  const brightness = (page: Page) =>
    page.evaluate(() => {
      const [red = 0] = getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? [];
      return Number(red);
    });
  const { page } = await stage.open("/", { colorScheme: "dark" });
  await waitForEntries(page);
  await expect.poll(() => brightness(page)).toBeLessThan(64);
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(() => brightness(page)).toBeGreaterThan(192);
  await page.getByRole("button", { name: "Colours" }).click();
  await page.getByRole("menuitemradio", { name: /dark/i }).click();
  await expect.poll(() => brightness(page)).toBeLessThan(64);
  await page.reload();
  await waitForEntries(page);
  await expect.poll(() => brightness(page)).toBeLessThan(64);
});

it.each([
  { width: 360, height: 740 },
  { width: 3840, height: 2160 },
])(
  "each view needs no scrolling sideways, and fills the window, of $width px",
  async (viewport) => {
    await using stage = await createStage({ entries: 500 });
    const { page } = await stage.open("/", { viewport });
    for (const address of views) {
      await page.goto(stage.server.url + address);
      await settle(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      const box = await page.getByRole("main").boundingBox();
      expect({ address, width, main: box?.width }).toEqual({
        address,
        width: viewport.width,
        main: viewport.width,
      });
    }
  },
);

it("can be used at 360 px without seeing it", async () => {
  await using stage = await createStage({ entries: 500 });
  const { page } = await stage.open("/", { viewport: { width: 360, height: 740 }, hasTouch: true });
  await waitForEntries(page);
  await settle(page);
  await expectNoAxeViolations(page);
  const search = await page.locator("search").boundingBox();
  const exporting = await page.getByRole("button", { name: /export/i }).boundingBox();
  const refresh = await page.getByRole("button", { name: "Refresh", exact: true }).boundingBox();
  // The query, and all the rest below it.
  expect(exporting?.y).toBe(refresh?.y);
  expect(search?.height).toBeLessThan(110);
  await page.locator("main tr[data-severity]").first().click();
  await page.getByRole("region", { name: "Details of the entry" }).waitFor();
  await expectNoAxeViolations(page);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

interface Shift extends PerformanceEntry {
  readonly value: number;
}

/** Runs in the page: how far things have moved by themselves (web.dev/cls). */
const readShifts = () =>
  new Promise<number>((resolve) => {
    new PerformanceObserver((list, observer) => {
      observer.disconnect();
      // The entries of this type have it.
      resolve(list.getEntries().reduce((sum, entry) => sum + (entry as Shift).value, 0));
    }).observe({ type: "layout-shift", buffered: true });
    // Where nothing has moved, nothing is told.
    setTimeout(() => resolve(0), 500);
  });

it("no view moves anything while it loads", async () => {
  await using stage = await createStage({ entries: 500 });
  const { page } = await stage.open("/");
  for (const address of views) {
    await page.goto(stage.server.url + address);
    await settle(page);
    const shift = await page.evaluate(readShifts);
    expect({ address, isStill: shift < 0.05, shift }).toMatchObject({ isStill: true });
  }
});
