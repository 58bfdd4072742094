import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { entryRows, waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

const panelOf = (page: Page) => page.getByRole("complementary", { name: "Fields" });

const queryOf = (page: Page): string | null => new URL(page.url()).searchParams.get("q");

it("a value is filtered for by a click, given up by another, and filtered out by a third", async () => {
  await using stage = await createStage({ entries: 500 });
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const panel = panelOf(page);
  const chat = panel.getByRole("button", { name: /^Filter for service chat / });
  await chat.waitFor();
  await expectNoAxeViolations(page);
  await chat.click();
  await expect.poll(() => queryOf(page)).toBe("service:chat");
  await expect.poll(() => chat.getAttribute("aria-pressed")).toBe("true");
  await panel
    .getByRole("button", { name: /^Filter for service gateway/ })
    .waitFor({ state: "detached" });
  await chat.click();
  await expect.poll(() => queryOf(page)).toBeNull();
  await panel.getByRole("button", { name: "Filter out service chat" }).click();
  await expect.poll(() => queryOf(page)).toBe("-service:chat");
  await chat.waitFor({ state: "detached" });
});

it("what is typed and not run yet is not lost when a value is clicked", async () => {
  await using stage = await createStage({ entries: 500 });
  const { page } = await stage.open("/?q=severity:error");
  await waitForEntries(page);
  const box = page.getByRole("textbox", { name: "Query" });
  await box.fill("latency_ms:>=0 ");
  await panelOf(page)
    .getByRole("button", { name: /^Filter for service / })
    .first()
    .click();
  await expect.poll(() => queryOf(page)).toMatch(/^latency_ms:>=0 service:\w+$/);
  await expect.poll(() => box.inputValue()).toBe(queryOf(page));
  await box.fill("severity:info");
  await page.getByRole("button", { name: /^error/ }).click();
  await expect.poll(() => queryOf(page)).toBe("severity:info severity:error");
});

it("what is typed and has a problem stays when a value is clicked, which is asked all the same", async () => {
  await using stage = await createStage({ entries: 200 });
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const box = page.getByRole("textbox", { name: "Query" });
  await box.fill('timeout "half a');
  await page.getByRole("button", { name: "Filter for severity error" }).click();
  await expect.poll(() => queryOf(page)).toBe("severity:error");
  await expect.poll(() => box.inputValue()).toBe('severity:error timeout "half a');
  await expect.poll(() => box.getAttribute("aria-invalid")).toBe("true");
  await expect.poll(() => entryRows(page).filter({ hasText: "info" }).count()).toBe(0);
  await box.focus();
  await page.getByText("a quote is not closed").first().waitFor();
});

it("a field is found by its name, shows its figures, and is charted", async () => {
  await using stage = await createStage({ entries: 500 });
  const { page } = await stage.open("/");
  const panel = panelOf(page);
  await panel.getByRole("searchbox").fill("LATENCY");
  await panel.getByRole("button", { name: /^service/ }).waitFor({ state: "detached" });
  await panel.getByRole("button", { name: /latency_ms/ }).click();
  await panel.getByText("p95", { exact: true }).waitFor();
  await expect.poll(() => panel.locator("dd").allInnerTexts()).not.toContain("…");
  await expect.poll(() => panel.locator("dd").count()).toBe(4);
  await panel.getByRole("button", { name: "Chart its p95" }).click();
  const parameter = (name: string) => new URL(page.url()).searchParams.get(name);
  await expect.poll(() => parameter("tab")).toBe("chart");
  await expect.poll(() => parameter("measure")).toBe("p95(latency_ms)");
});

it("values keep their type, and attributes that are named like a field of all entries are reached", async () => {
  await using stage = await createStage();
  await stage.post([
    { severity: "info", message: "a", retry: true, code: 5, attributes: { service: "inner" } },
    { severity: "info", message: "b", retry: false, code: "true", attributes: { service: "x y" } },
  ]);
  const { page } = await stage.open("/");
  const panel = panelOf(page);
  await panel.getByRole("button", { name: /attributes\.service/ }).click();
  await panel.getByRole("button", { name: /^Filter for attributes.service x y/ }).click();
  await expect.poll(() => queryOf(page)).toBe('attributes.service:"x y"');
  await panel.getByRole("button", { name: /code/ }).click();
  await panel.getByRole("button", { name: /^Filter for code "true"/ }).waitFor();
});

it("on a phone the fields are a drawer, closed until they are asked for", async () => {
  await using stage = await createStage({ entries: 200 });
  const { page } = await stage.open("/", { viewport: { width: 360, height: 740 }, hasTouch: true });
  await waitForEntries(page);
  expect(await panelOf(page).count()).toBe(0);
  await page
    .getByRole("banner")
    .getByRole("button", { name: /fields/i })
    .click();
  await panelOf(page)
    .getByRole("button", { name: /^Filter for severity info/ })
    .waitFor();
  await expectNoAxeViolations(page);
  await page.keyboard.press("Escape");
  await panelOf(page).waitFor({ state: "detached" });
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
    .toBe("Fields");
});

/** Returns when the page knows that it is that wide. */
const setWidth = async (page: Page, width: number) => {
  await page.setViewportSize({ width, height: 800 });
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
  await page.evaluate(() => new Promise(requestAnimationFrame));
};

it("a window that gets narrow has no drawer over it, and its fields again when it is wide", async () => {
  await using stage = await createStage({ entries: 100 });
  const { page } = await stage.open("/");
  await panelOf(page).waitFor();
  await setWidth(page, 700);
  await panelOf(page).waitFor({ state: "detached" });
  await setWidth(page, 1280);
  await panelOf(page).waitFor();
  await panelOf(page).getByRole("button", { name: "Hide the fields" }).click();
  await panelOf(page).waitFor({ state: "detached" });
  await setWidth(page, 700);
  await setWidth(page, 1280);
  expect(await panelOf(page).count()).toBe(0);
});

it("the fields of a live tail are counted again and again", async () => {
  await using stage = await createStage();
  const { page } = await stage.open("/?tab=live", { before: (opened) => opened.clock.install() });
  const panel = panelOf(page);
  await panel.getByText("No entries here, so no fields.").waitFor();
  await stage.post([{ severity: "error", message: "late", service: "lobby" }]);
  await page.clock.fastForward(11_000);
  await panel.getByRole("button", { name: /^Filter for service lobby/ }).waitFor();
});
