import { expect, it } from "vitest";
import { createKey } from "../harness/keys.ts";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

/** Waits until the server has noticed keys that were made: it looks for them once a second, and has let everyone in. */
const waitForKeys = async (url: string): Promise<void> => {
  await expect.poll(async () => (await fetch(`${url}/logs?limit=1`)).status).toBe(401);
};

it("who has no key is asked for one, and comes back to what the address says", async () => {
  await using stage = await createStage({ entries: 100 });
  const key = createKey(stage.dataFolder, "read");
  await waitForKeys(stage.server.url);
  const { page, allow } = await stage.open("/?q=severity%3Ainfo");
  allow(/401/);
  await page.getByRole("heading", { name: /sign in/i }).waitFor();
  await expectNoAxeViolations(page);
  const field = page.getByLabel("API key");
  await field.fill("lsk_this_is_none");
  await page.getByRole("button", { name: /sign in/i }).click();
  await expect.poll(() => page.getByRole("alert").innerText()).not.toBe("");
  await field.fill("lsk_…_of_a_mail");
  await page.getByRole("button", { name: /sign in/i }).click();
  await expect.poll(() => page.getByRole("alert").innerText()).toMatch(/not one of this service/);
  await field.fill(key);
  await field.press("Enter");
  await waitForEntries(page);
  await expect.poll(() => new URL(page.url()).search).toBe("?q=severity%3Ainfo");
});

it("a key that may not read is told so, and not called wrong", async () => {
  await using stage = await createStage({ entries: 100 });
  const key = createKey(stage.dataFolder, "ingest");
  await waitForKeys(stage.server.url);
  const { page, allow } = await stage.open("/");
  allow(/40[13]/);
  await page.getByLabel("API key").fill(key);
  await page.getByLabel("API key").press("Enter");
  await expect.poll(() => page.getByRole("alert").innerText()).toMatch(/read/);
});

it("a key is forgotten with the tab, kept where that is wished, and forgotten when one signs out", async () => {
  await using stage = await createStage({ entries: 100 });
  const key = createKey(stage.dataFolder, "read");
  await waitForKeys(stage.server.url);
  const { page, allow } = await stage.open("/");
  allow(/401/);
  const signIn = async () => {
    await page.getByLabel("API key").fill(key);
    await page.getByLabel("API key").press("Enter");
    await waitForEntries(page);
  };
  await signIn();
  await page.reload();
  await waitForEntries(page);
  const otherTab = await page.context().newPage();
  await otherTab.goto(page.url());
  await otherTab.getByLabel("API key").waitFor();
  await page.getByRole("button", { name: "API key" }).click();
  await page.getByRole("menuitem", { name: /sign out/i }).click();
  await page.getByLabel("Remember").check();
  await signIn();
  await otherTab.reload();
  await waitForEntries(otherTab);
});

it("what one key has shown is gone when another signs in", async () => {
  await using stage = await createStage();
  const [first, second] = ["game-1", "game-2"].map((tenant) =>
    createKey(stage.dataFolder, "ingest,read", tenant),
  );
  await waitForKeys(stage.server.url);
  await stage.post([{ severity: "error", message: "of the first game" }], first);
  await stage.post([{ severity: "error", message: "of the second game" }], second);
  const { page, allow } = await stage.open("/");
  allow(/401/);
  for (const [key = "", message = ""] of [
    [first, "of the first game"],
    [second, "of the second game"],
  ]) {
    await page.getByLabel("API key").fill(key);
    await page.getByLabel("API key").press("Enter");
    await page.getByText(message).first().waitFor();
    await expect.poll(() => page.getByText(/of the .* game/).count()).toBe(1);
    await page.getByRole("button", { name: "API key" }).click();
    await page.getByRole("menuitem", { name: /sign out/i }).click();
  }
});
