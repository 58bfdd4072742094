import { expect, it } from "vitest";
import { waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

// All profiles of a browser share its clipboard, and the tests of two files run at once: none but these use it.
const permissions = ["clipboard-read", "clipboard-write"];

it("an entry is copied as JSON", async () => {
  await using stage = await createStage();
  await stage.post([{ severity: "info", message: "copy me", nested: { ok: true } }]);
  const { page } = await stage.open("/", { permissions });
  await waitForEntries(page);
  await page.getByRole("row", { name: "copy me" }).first().click();
  await page.getByRole("button", { name: "Copy as JSON" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied).toMatchObject({ message: "copy me", attributes: { "nested.ok": true } });
});

it("line breaks that are pasted into the query become spaces", async () => {
  await using stage = await createStage({ entries: 10 });
  const { page } = await stage.open("/", { permissions });
  const box = page.getByRole("textbox", { name: "Query" });
  await box.focus();
  await page.evaluate(() => navigator.clipboard.writeText("service:chat\r\n(hello OR\nworld)"));
  await page.keyboard.press("Control+v");
  await expect.poll(() => box.inputValue()).toBe("service:chat (hello OR world)");
});
