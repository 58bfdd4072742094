import type { Page, Route } from "playwright-core";
import { expect, it } from "vitest";
import { startServer } from "../harness/server.ts";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { entryRows, waitForEntries } from "./harness/entries.ts";
import { numbered, postAtRate } from "./harness/lines.ts";
import { createStage } from "./harness/stage.ts";

const live = (page: Page) => page.getByRole("region", { name: "Live" });

const status = (page: Page, word: string) =>
  live(page).getByRole("status").filter({ hasText: word });

const received = (page: Page, count: string) =>
  live(page).getByText(`${count} received`, { exact: true });

const numbersShown = async (page: Page): Promise<readonly number[]> => {
  const texts = await entryRows(page).locator("td:nth-child(5)").allTextContents();
  return texts.map((text) => Number(text.replace("number ", "")));
};

const isRising = (numbers: readonly number[]) =>
  numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1);

it("keeps up with 1,000 entries a second, counts every one, and leads to those that it no longer shows", async () => {
  await using stage = await createStage();
  const { page } = await stage.open("/?tab=live");
  await status(page, "Live").waitFor();
  await live(page).getByText("Waiting for entries").waitFor();
  const sent = await postAtRate(stage, { perSecond: 1000, seconds: 7 });
  expect(sent).toBe(7000);
  await received(page, "7,000").waitFor();
  await expect.poll(async () => (await numbersShown(page)).at(-1)).toBe(6999);
  expect(isRising(await numbersShown(page))).toBe(true);
  await live(page).getByRole("button", { name: "2,000 no longer shown" }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get("to")).not.toBeNull();
  await waitForEntries(page);
  const { searchParams } = new URL(page.url());
  const range = `from=${searchParams.get("from")}&to=${searchParams.get("to")}`;
  const query = encodeURIComponent('"number 0" OR "number 1999"');
  const answer = await page.request.get(`${stage.server.url}/logs?${range}&q=${query}`);
  const { logs } = await answer.json();
  const messages = logs.map(({ message }: { message: string }) => message);
  expect(messages).toEqual(expect.arrayContaining(["number 0", "number 1999"]));
});

it("stands still for who scrolls back, counts what is new, and goes on from there", async () => {
  await using stage = await createStage();
  const { page } = await stage.open("/?tab=live");
  await status(page, "Live").waitFor();
  await stage.post(numbered(0, 200));
  await received(page, "200").waitFor();
  await entryRows(page).last().hover();
  await page.mouse.wheel(0, -1500);
  await status(page, "Paused").waitFor();
  await expect.poll(async () => (await numbersShown(page)).at(-1)).toBeLessThan(190);
  const shown = await numbersShown(page);
  await stage.post(numbered(200, 250));
  const fresh = live(page).getByRole("button", { name: "50 new" });
  await fresh.waitFor();
  expect(await numbersShown(page)).toEqual(shown);
  await fresh.click();
  await expect.poll(async () => (await numbersShown(page)).at(-1)).toBe(249);
  await status(page, "Live").waitFor();
});

it("opens the entry that was pressed, and pauses and goes on by a key", async () => {
  await using stage = await createStage();
  const { page } = await stage.open("/?tab=live");
  await status(page, "Live").waitFor();
  await stage.post(numbered(0, 100));
  await received(page, "100").waitFor();
  await entryRows(page).filter({ hasText: "number 97" }).locator("td:nth-child(5)").click();
  await stage.post(numbered(100, 110));
  await live(page).getByRole("button", { name: "10 new" }).waitFor();
  const details = live(page).getByRole("region", { name: "Details of the entry" });
  await details.getByText("number 97").waitFor();
  await page.keyboard.press("Space");
  await expect.poll(async () => (await numbersShown(page)).at(-1)).toBe(109);
  await page.keyboard.press("Space");
  await status(page, "Paused").waitFor();
});

it("shows what was there before, and follows only what the query finds", async () => {
  await using stage = await createStage();
  await stage.post(numbered(0, 40));
  const { page } = await stage.open("/?tab=live&q=severity:error");
  await status(page, "Live").waitFor();
  await received(page, "0").waitFor();
  await expect.poll(() => numbersShown(page)).toEqual([3, 7, 11, 15, 19, 23, 27, 31, 35, 39]);
  await stage.post(numbered(40, 60));
  await received(page, "5").waitFor();
  await expect.poll(async () => (await numbersShown(page)).at(-1)).toBe(59);
});

it("goes on without gaps and repeats when the server was killed and is back", async () => {
  await using stage = await createStage();
  const { page, allow } = await stage.open("/?tab=live");
  allow(/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE/);
  await status(page, "Live").waitFor();
  await stage.post(numbered(0, 20));
  await received(page, "20").waitFor();
  await stage.server.kill("SIGKILL");
  await status(page, "Reconnecting").waitFor();
  const { port } = new URL(stage.server.url);
  const args = ["--port", port];
  await using _again = await startServer({ dataFolder: stage.dataFolder, args });
  await stage.post(numbered(20, 30));
  await received(page, "30").waitFor();
  await expect
    .poll(() => numbersShown(page))
    .toEqual(Array.from({ length: 30 }, (_, index) => index));
  await status(page, "Live").waitFor();
});

it("says when entries may be missing, and where to find them", async () => {
  await using stage = await createStage();
  const before = async (page: Page) => {
    const interrupt = async (route: Route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), resync: true } });
    };
    // The first of all asks where the tail begins.
    await page.route(/\/logs\/tail\?.*cursor=/, interrupt, { times: 1 });
  };
  const { page } = await stage.open("/?tab=live", { before });
  await status(page, "Live").waitFor();
  await stage.post(numbered(0, 5));
  await received(page, "5").waitFor();
  const notice = live(page).getByRole("alert").filter({ hasText: "interrupted" });
  await notice.waitFor();
  await notice.getByRole("button", { name: "Search that time" }).click();
  await expect.poll(() => entryRows(page).count()).toBe(5);
});

it("can be used without seeing it: live", async () => {
  await using stage = await createStage();
  const { page } = await stage.open("/?tab=live");
  await live(page).getByText("Waiting for entries").waitFor();
  await expectNoAxeViolations(page);
  await stage.post(numbered(0, 100));
  await received(page, "100").waitFor();
  await expectNoAxeViolations(page);
  await entryRows(page).last().locator("td:nth-child(5)").click();
  await live(page).getByRole("region", { name: "Details of the entry" }).waitFor();
  await stage.post(numbered(100, 110));
  await live(page).getByRole("button", { name: "10 new" }).waitFor();
  await expectNoAxeViolations(page);
});
