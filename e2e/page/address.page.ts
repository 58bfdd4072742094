import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { entryRows, waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

const messages = [
  { severity: "info", message: "player joined", service: "gateway" },
  { severity: "error", message: "connection reset by peer", service: "matchmaker" },
];

it("an address leads to its view, and loading it anew leads there again", async () => {
  await using stage = await createStage();
  await stage.post(messages);
  const { page } = await stage.open("/?q=service%3Amatchmaker&last=15m");
  await waitForEntries(page);
  await expect.poll(() => entryRows(page).count()).toBe(1);
  await page.reload();
  await waitForEntries(page);
  await expect.poll(() => entryRows(page).count()).toBe(1);
  await expect.poll(() => page.title()).toMatch(/matchmaker/);
});

it("back and forward go through the views that one has looked at", async () => {
  await using stage = await createStage();
  await stage.post(messages);
  const { page } = await stage.open("/?q=service%3Amatchmaker");
  await waitForEntries(page);
  await page.getByRole("link", { name: "Patterns" }).click();
  await expect.poll(() => page.url()).toContain("tab=patterns");
  await page.getByRole("link", { name: "Chart" }).click();
  await expect.poll(() => page.url()).toContain("tab=chart");
  await page.goBack();
  await expect.poll(() => page.locator("nav [aria-current=page]").innerText()).toBe("Patterns");
  await page.goBack();
  await waitForEntries(page);
  await expect.poll(() => entryRows(page).count()).toBe(1);
  await page.goForward();
  await expect.poll(() => page.locator("nav [aria-current=page]").innerText()).toBe("Patterns");
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("service:matchmaker");
});

it("an open entry is in the address, which shows it to another person", async () => {
  await using stage = await createStage();
  await stage.post(messages);
  const { page } = await stage.open("/");
  await waitForEntries(page);
  await page.getByText("connection reset by peer").click();
  await expect.poll(() => page.url()).toContain("open=");
  const other = await stage.open(new URL(page.url()).search.replace(/^/, "/"));
  await waitForEntries(other.page);
  await other.page.locator("main td[data-details]").waitFor();
});

it("an address that makes no sense leads to the page, not to an error", async () => {
  await using stage = await createStage();
  await stage.post(messages);
  const { page, allow } = await stage.open(
    "/?tab=none&from=yesterday&to=-1&last=99999y&chart=pie&q=%F0%9F%92%A5&open=none&x=%3Cscript%3E",
  );
  // There is no such entry.
  allow(/404/);
  await page.getByRole("main").waitFor();
  await page.getByRole("link", { name: "Entries" }).waitFor();
});

it("times that no calendar has are as by default", async () => {
  await using stage = await createStage();
  await stage.post(messages);
  for (const range of ["from=1&to=9007199254740991", "from=9000000000000000", "last=999999w"]) {
    const { page } = await stage.open(`/?${range}`);
    await waitForEntries(page);
  }
});

it("going back from what was opened leaves the list as it was", async () => {
  await using stage = await createStage({ entries: 300 });
  let asked = 0;
  const before = (page: Page) =>
    page.route("**/logs?*limit=200*", (route) => {
      asked += 1;
      return route.continue();
    });
  const { page } = await stage.open("/?last=3h", { before });
  await waitForEntries(page);
  const grid = page.getByRole("grid", { name: "Entries" });
  await grid.focus();
  await page.keyboard.press("End");
  await expect.poll(() => page.getByText("300 entries, newest first").count()).toBe(1);
  const pages = asked;
  const scrolled = () => grid.evaluate((table) => table.parentElement?.scrollTop ?? 0);
  const place = await scrolled();
  expect(place).toBeGreaterThan(1000);
  await page.keyboard.press("c");
  await page.getByRole("dialog", { name: "Context" }).waitFor();
  await page.goBack();
  await page.getByRole("dialog", { name: "Context" }).waitFor({ state: "detached" });
  await expect.poll(scrolled).toBe(place);
  expect(asked).toBe(pages);
});

it("the tab that one is at already is no step back", async () => {
  await using stage = await createStage();
  await stage.post(messages);
  const { page } = await stage.open("/?q=service%3Amatchmaker");
  await waitForEntries(page);
  for (const _ of [1, 2, 3]) await page.getByRole("link", { name: "Patterns" }).click();
  await expect.poll(() => page.url()).toContain("tab=patterns");
  await page.goBack();
  await waitForEntries(page);
});
