import { expect, it } from "vitest";
import { entryRows, waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

it("a search is made, an entry read and the help opened without a mouse", async () => {
  await using stage = await createStage({ entries: 500 });
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const keys = page.keyboard;
  await keys.press("/");
  await keys.type("severity:error");
  await keys.press("Enter");
  await expect.poll(() => page.url()).toContain("q=severity%3Aerror");
  await waitForEntries(page);
  await expect
    .poll(() => entryRows(page).evaluateAll((rows) => rows.map((row) => row.dataset.severity)))
    .toSatisfy((severities: string[]) => severities.every((one) => one === "error"));
  await keys.press("Escape");
  await keys.press("j");
  await keys.press("j");
  await keys.press("k");
  await expect.poll(() => page.locator("main tr[aria-selected=true]").count()).toBe(1);
  await keys.press("Enter");
  await page.locator("main td[data-details]").waitFor();
  await keys.press("Escape");
  await page.locator("main td[data-details]").waitFor({ state: "detached" });
  await keys.press("?");
  const help = page.getByRole("dialog");
  await help.waitFor();
  await keys.press("Escape");
  await help.waitFor({ state: "hidden" });
  await keys.press("l");
  await expect.poll(() => page.url()).toContain("tab=live");
});

it("keys go on from the entry that was clicked", async () => {
  await using stage = await createStage({ entries: 100 });
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const selected = page.locator("main tr[aria-selected=true]");
  await entryRows(page).nth(3).click();
  await page.locator("main td[data-details]").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  // The names of the columns are the first row.
  await expect.poll(() => selected.getAttribute("aria-rowindex")).toBe("6");
});

/** Runs in the page: what has the focus, and whether one sees that, on it or on what is drawn around it. */
const readFocus = () => {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return undefined;
  const around: Element[] = [];
  for (let one: Element | null = element; one && around.length < 5; one = one.parentElement)
    around.push(one);
  const isVisible = around.some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && outlineWidth !== "0px";
  });
  const name = element.getAttribute("aria-label") ?? element.innerText.trim();
  return { name: `${element.tagName} ${name}`.slice(0, 60), isVisible };
};

it("all that can be clicked can be reached by Tab, and shows that it has the focus", async () => {
  await using stage = await createStage({ entries: 100 });
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const seen: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(readFocus);
    if (focused === undefined || seen.includes(focused.name)) break;
    expect(focused).toMatchObject({ isVisible: true });
    seen.push(focused.name);
  }
  expect(seen.join("\n")).toMatch(/Entries[\s\S]*Patterns/);
  expect(seen.length).toBeGreaterThan(8);
});
