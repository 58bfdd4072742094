import type { Page, Route } from "playwright-core";
import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { breakOff } from "./harness/break-off.ts";
import { createStage } from "./harness/stage.ts";

const minute = 60_000;
const end = Math.floor(Date.now() / minute) * minute - 10 * minute;
const begin = end - 60 * minute;
const address = `/?from=${begin}&to=${end}`;

/** One in each minute; the last ten are errors. */
const entries = Array.from({ length: 60 }, (_, index) => ({
  timestamp: begin + index * minute,
  severity: index < 50 ? "info" : "error",
  message: `number ${index}`,
}));

const region = (page: Page) => page.getByRole("region", { name: "Entries over time" });
const total = (page: Page) => region(page).getByRole("status");
const bars = (page: Page) => page.getByRole("slider");
const search = (page: Page) => new URL(page.url()).searchParams;

const rangeOf = (page: Page) => [search(page).get("from"), search(page).get("to")].map(Number);

it("counts by severity, and asks for one that is clicked", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const { page } = await stage.open(address);
  await expect.poll(() => total(page).textContent()).toBe("60 entries");
  await expectNoAxeViolations(page);
  await region(page)
    .getByRole("button", { name: /^error/ })
    .click();
  await expect.poll(() => total(page).textContent()).toBe("10 entries");
  await expect.poll(() => search(page).get("q")).toBe("severity:error");
  await region(page).getByRole("button", { name: "Table" }).click();
  const dialog = page.getByRole("dialog", { name: "Entries over time" });
  await expect.poll(() => dialog.getByRole("row").count()).toBe(11);
  await expectNoAxeViolations(page);
  await page.keyboard.press("Escape");
  await expect.poll(() => dialog.count()).toBe(0);
});

it("zooms to what is dragged, whole bars, and back", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const { page } = await stage.open(address);
  await bars(page).hover();
  const box = await bars(page).boundingBox();
  const { x = 0, y = 0, width = 0 } = box ?? {};
  await page.mouse.move(x + width * 0.51, y + 20);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.74, y + 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => total(page).textContent()).toBe("15 entries");
  await expect.poll(() => rangeOf(page)).toEqual([begin + 30 * minute, begin + 45 * minute]);
  await page.goBack();
  await expect.poll(() => total(page).textContent()).toBe("60 entries");
  await bars(page).dblclick();
  // Twice as long around the same middle would end later than now.
  await expect.poll(() => search(page).get("last")).toBe("2h");
});

it("is walked through by keys, which select and zoom", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const { page } = await stage.open(address);
  await bars(page).focus();
  await page.keyboard.press("Home");
  await expect
    .poll(() => bars(page).getAttribute("aria-valuetext"))
    .toMatch(/: 1 entry, 0 error, 0 warning, 1 info$/);
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await expect.poll(() => total(page).textContent()).toBe("3 entries");
  await expect.poll(() => rangeOf(page)).toEqual([begin, begin + 3 * minute]);
});

/** Breaks off in the middle of a bar, and notes where each answer began. */
const breakOffBars = (asked: number[]) => (route: Route) => {
  const { searchParams } = new URL(route.request().url());
  if (!searchParams.has("interval")) return route.continue();
  asked.push(Number(searchParams.get("from")));
  return breakOff(route, { end, budgetMs: 20.5 * minute });
};

it("goes on by itself where the service broke off, and counts each entry once", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const asked: number[] = [];
  const before = (page: Page) => page.route("**/logs/stats?*", breakOffBars(asked));
  const { page } = await stage.open(address, { before });
  await expect.poll(() => total(page).textContent()).toBe("60 entries");
  expect(asked).toEqual([begin, begin + 20.5 * minute, begin + 41 * minute]);
  await expect.poll(() => page.getByRole("button", { name: "Stop" }).count()).toBe(0);
});

it("stops counting when it is told to, says how far it came, and goes on again", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const asked: number[] = [];
  const release = Promise.withResolvers<void>();
  const before = (page: Page) =>
    page.route("**/logs/stats?*", async (route) => {
      if (asked.length === 1) await release.promise;
      return breakOffBars(asked)(route);
    });
  const { page } = await stage.open(address, { before });
  await expect.poll(() => total(page).textContent()).toBe("21 entries");
  await page.getByText("34.2% counted").waitFor();
  await expectNoAxeViolations(page);
  await region(page).getByRole("button", { name: "Stop" }).click();
  await page.getByText("the rest is not counted").waitFor();
  release.resolve();
  await region(page).getByRole("button", { name: "Go on" }).click();
  await expect.poll(() => total(page).textContent()).toBe("60 entries");
});

it("keeps its height whatever it shows", async () => {
  await using stage = await createStage();
  await stage.post(entries);
  const release = Promise.withResolvers<void>();
  const before = (page: Page) =>
    page.route("**/logs/stats?*", async (route) => {
      await release.promise;
      return route.continue();
    });
  const { page } = await stage.open(address, { before });
  const heightOf = async () => (await region(page).boundingBox())?.height;
  await region(page).waitFor();
  const waiting = await heightOf();
  release.resolve();
  await expect.poll(() => total(page).textContent()).toBe("60 entries");
  expect(await heightOf()).toBe(waiting);
});

it("counts what the list reaches in the end, and what the fields count, also when it is refreshed", async () => {
  await using stage = await createStage({ entries: 300 });
  const lists = ["/logs", "/logs/fields", "/logs/fields/service", "/logs/fields/severity"];
  const counted = [...lists, "/logs/stats"];
  const asked = new Map<string, Set<string>>();
  const { page } = await stage.open("/?last=3h", {
    before: async (opened) =>
      opened.on("request", (request) => {
        const { pathname, searchParams } = new URL(request.url());
        const window = `${searchParams.get("from")}-${searchParams.get("to")}`;
        if (pathname.startsWith("/logs"))
          asked.set(window, (asked.get(window) ?? new Set()).add(pathname));
      }),
  });
  const allOf = async (count: string) => {
    await expect.poll(() => total(page).textContent()).toBe(`${count} entries`);
    await expect
      .poll(async () => {
        await page.getByRole("grid", { name: "Entries" }).press("End");
        return page.getByRole("status").allInnerTexts();
      })
      .toContain(`${count} entries, newest first`);
    await expect
      .poll(() => [...(asked.values().toArray().at(-1) ?? [])].toSorted())
      .toEqual(counted);
  };
  await allOf("300");
  await stage.post([{ severity: "error", message: "one more", timestamp: Date.now() - 1000 }]);
  await page.getByRole("button", { name: "Refresh", exact: true }).click();
  await allOf("301");
  expect(asked.size).toBe(2);
});
