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
