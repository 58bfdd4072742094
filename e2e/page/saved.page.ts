import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

const openSaved = (page: Page) => page.getByRole("button", { name: "Saved searches" }).click();

it("a search is saved, outlives a reload, is run, gets another name and is forgotten", async () => {
  await using stage = await createStage({ entries: 100 });
  const { page } = await stage.open("/?q=severity%3Ainfo&last=6h");
  await waitForEntries(page);
  await openSaved(page);
  await page.getByLabel("Save this search as").fill("All is well");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Rename All is well" }).waitFor();
  await expectNoAxeViolations(page);
  await page.goto(stage.server.url);
  await waitForEntries(page);
  await openSaved(page);
  await page.getByRole("button", { name: /^All is well/ }).click();
  await expect.poll(() => new URL(page.url()).search).toBe("?q=severity%3Ainfo&last=6h");
  await openSaved(page);
  await page.getByRole("button", { name: "Rename All is well" }).click();
  await page.getByLabel("New name of All is well").fill("Calm");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete Calm" }).click();
  await page.getByText("Nothing is saved yet").waitFor();
});

it("a name that another search has is not taken from it", async () => {
  await using stage = await createStage({ entries: 100 });
  const { page } = await stage.open("/");
  await openSaved(page);
  const name = page.getByLabel("Save this search as");
  for (const one of ["Calm", "Storm"]) {
    await name.fill(one);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Replace", exact: true }).waitFor();
  }
  await page.getByRole("button", { name: "Rename Storm" }).click();
  const renamed = page.getByLabel("New name of Storm");
  await renamed.fill("Calm");
  await page.getByText("Another search has this name.").waitFor();
  await renamed.press("Enter");
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "Rename Calm" }).waitFor();
  await renamed.fill("Calmer");
  await renamed.press("Enter");
  await page.getByRole("button", { name: "Rename Calmer" }).waitFor();
  await page.getByRole("button", { name: "Rename Calm", exact: true }).waitFor();
});

it("what is broken in the browser's storage harms nothing", async () => {
  await using stage = await createStage({ entries: 100 });
  const breakStorage = () => {
    for (const key of ["saved-searches", "preferences"])
      localStorage.setItem(`log-service.${key}`, '{"theme":7,"zone":[]');
  };
  const { page } = await stage.open("/", { before: (one) => one.addInitScript(breakStorage) });
  await waitForEntries(page);
  await openSaved(page);
  await page.getByText("Nothing is saved yet").waitFor();
});

it("a browser that keeps nothing says so", async () => {
  await using stage = await createStage({ entries: 100 });
  const refuse = () => {
    const refused = () => {
      throw new DOMException("access is denied", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(globalThis, name, { get: refused });
  };
  const { page } = await stage.open("/", { before: (one) => one.addInitScript(refuse) });
  await waitForEntries(page);
  await openSaved(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("This browser keeps nothing").waitFor();
  await page.getByRole("button", { name: "Rename All entries" }).waitFor();
});
