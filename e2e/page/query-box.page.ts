import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { entryRows, waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

const boxOf = (page: Page) => page.getByRole("textbox", { name: "Query" });

const queryOf = (page: Page): string | null => new URL(page.url()).searchParams.get("q");

it("a query is completed with the fields and values that are stored, and run by Enter", async () => {
  await using stage = await createStage({ entries: 500 });
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const box = boxOf(page);
  await box.pressSequentially("serv");
  await page.getByRole("option", { name: /^service:/ }).waitFor();
  await expectNoAxeViolations(page);
  await page.keyboard.press("Tab");
  await expect.poll(() => box.inputValue()).toBe("service:");
  await page.getByRole("option", { name: /^gateway/ }).waitFor();
  await box.pressSequentially("gat");
  await expect.poll(() => page.getByRole("option", { name: /^match/ }).count()).toBe(0);
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => box.getAttribute("aria-activedescendant")).not.toBeNull();
  await page.keyboard.press("Enter");
  await expect.poll(() => box.inputValue()).toBe("service:gateway ");
  expect(queryOf(page)).toBeNull();
  await page.keyboard.press("Enter");
  await expect.poll(() => queryOf(page)).toBe("service:gateway");
  await expect.poll(() => entryRows(page).filter({ hasText: "chat" }).count()).toBe(0);
});

it("what has been chosen stays chosen when more is offered", async () => {
  await using stage = await createStage();
  const players = [...Array(300).keys(), 1, 1, 25].map((place) => `p-${place}`);
  await stage.post(
    players.map((player_id) => ({ severity: "info", message: "joined", player_id })),
  );
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const release = Promise.withResolvers<void>();
  await page.route("**/logs/fields/player_id?*q=*", async (route) => {
    await release.promise;
    return route.continue();
  });
  const box = boxOf(page);
  await box.pressSequentially("player_id:");
  const first = page.getByRole("option", { name: /^p-1 / });
  await first.waitFor();
  await box.pressSequentially("p-2");
  for (const _ of [1, 2]) await page.keyboard.press("ArrowDown");
  const chosen = page.getByRole("option", { selected: true });
  await expect.poll(() => chosen.innerText()).toMatch(/^p-25\b/);
  release.resolve();
  await first.waitFor({ state: "detached" });
  await expect.poll(() => chosen.innerText()).toMatch(/^p-25\b/);
  await page.keyboard.press("Enter");
  await expect.poll(() => box.inputValue()).toBe("player_id:p-25 ");
});

it("Esc closes what is offered and keeps the text, and Tab then leaves the box", async () => {
  await using stage = await createStage({ entries: 100 });
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const box = boxOf(page);
  await box.pressSequentially("sev");
  const list = page.getByRole("listbox");
  await list.waitFor();
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "detached" });
  await expect.poll(() => box.inputValue()).toBe("sev");
  await page.keyboard.press("Tab");
  await expect
    .poll(() => box.evaluate((element) => element === document.activeElement))
    .toBe(false);
});

it("a query with a problem is not run, says why, and is mended by a click", async () => {
  await using stage = await createStage({ entries: 100 });
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const box = boxOf(page);
  await box.fill("severity:warn");
  await page.keyboard.press("Enter");
  await page.getByText("severity is info, warning or error").first().waitFor();
  await expect.poll(() => box.getAttribute("aria-invalid")).toBe("true");
  expect(queryOf(page)).toBeNull();
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "Write warning" }).click();
  await expect.poll(() => box.inputValue()).toBe("severity:warning");
  await page.keyboard.press("Control+z");
  await expect.poll(() => box.inputValue()).toBe("severity:warn");
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => queryOf(page)).toBe("severity:warning");
});

it("what is typed and not run yet is seen, and goes with the view that is gone back to", async () => {
  await using stage = await createStage({ entries: 100 });
  const { page } = await stage.open("/?q=service%3Achat");
  const box = boxOf(page);
  const frame = page.locator("[data-dirty]");
  await expect.poll(() => box.inputValue()).toBe("service:chat");
  await expect.poll(() => frame.getAttribute("data-dirty")).toBe("false");
  await box.press("End");
  await box.pressSequentially(" hello");
  await expect.poll(() => frame.getAttribute("data-dirty")).toBe("true");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(() => queryOf(page)).toBe("service:chat hello");
  await expect.poll(() => frame.getAttribute("data-dirty")).toBe("false");
  await page.goBack();
  await expect.poll(() => box.inputValue()).toBe("service:chat");
});

it("queries of before come back by the arrow in an empty box", async () => {
  await using stage = await createStage({ entries: 100 });
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const box = boxOf(page);
  for (const q of ["first", "second"]) {
    await box.fill(q);
    await page.keyboard.press("Enter");
    await expect.poll(() => queryOf(page)).toBe(q);
  }
  await page.getByRole("button", { name: "Clear the query" }).click();
  await expect.poll(() => queryOf(page)).toBeNull();
  await box.focus();
  const recalled: string[] = [];
  for (const key of ["ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown"]) {
    await page.keyboard.press(key);
    recalled.push(await box.inputValue());
  }
  expect(recalled).toEqual(["second", "first", "second", ""]);
});

it("a long text keeps its place below its colours", async () => {
  await using stage = await createStage({ entries: 10 });
  const { page } = await stage.open("/");
  const box = boxOf(page);
  await box.fill(Array.from({ length: 300 }, (_, i) => `word${i}:"a b"`).join(" "));
  const sizes = await box.evaluate((field) => {
    const layer = field.previousElementSibling;
    return [field.scrollHeight, field.clientHeight, layer?.clientHeight];
  });
  expect(new Set(sizes).size).toBe(1);
});

it("an example of the syntax goes into the box", async () => {
  await using stage = await createStage({ entries: 10 });
  const { page } = await stage.open("/?q=hello");
  await page.getByRole("button", { name: "Query syntax" }).click();
  await page.getByRole("button", { name: /^latency_ms:>250/ }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: /^latency_ms:>250/ }).click();
  await expect.poll(() => boxOf(page).inputValue()).toBe("hello latency_ms:>250");
  await expect.poll(() => queryOf(page)).toBe("hello");
});
