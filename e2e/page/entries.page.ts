import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { entryRows, waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

const hour = 3_600_000;

const openRow = async (page: Page, message: string) => {
  await page.getByRole("row", { name: message }).first().click();
  await page.getByRole("region", { name: "Details of the entry" }).waitFor();
};

const queryOf = (page: Page) => new URL(page.url()).searchParams.get("q");

it("an entry opens to all it has, by which it is filtered for and out", async () => {
  await using stage = await createStage();
  await stage.post([
    { severity: "error", message: "lost a player", service: "gateway", player_id: "p-81", ms: 41 },
    { severity: "info", message: "found a player", service: "gateway", player_id: "p-82" },
    { severity: "info", message: "tick", service: "match-server" },
  ]);
  const { page } = await stage.open("/");
  await waitForEntries(page);
  await openRow(page, "lost a player");
  const details = page.getByRole("region", { name: "Details of the entry" });
  for (const text of ["p-81", "41", "gateway", "logId"])
    await details.getByText(text, { exact: true }).first().waitFor();
  await expectNoAxeViolations(page);
  await details.getByRole("button", { name: "Filter for service" }).click();
  await expect.poll(() => entryRows(page).count()).toBe(2);
  await details.getByRole("button", { name: "Filter out player_id" }).click();
  await expect.poll(() => entryRows(page).count()).toBe(1);
  await expect.poll(() => queryOf(page)).toBe("service:gateway -player_id:p-81");
});

it("an entry leads to everything of its player", async () => {
  await using stage = await createStage();
  await stage.post([
    { severity: "info", message: "p-81 joined", player_id: "p-81" },
    { severity: "info", message: "p-82 joined", player_id: "p-82" },
    { severity: "error", message: "p-81 was lost", player_id: "p-81" },
  ]);
  const { page } = await stage.open("/?q=lost");
  await waitForEntries(page);
  await openRow(page, "was lost");
  await expect.poll(() => page.locator("main mark").allInnerTexts()).toEqual(["lost"]);
  await page.getByRole("button", { name: "Everything of this player" }).click();
  await expect.poll(() => entryRows(page).count()).toBe(2);
  await expect.poll(() => queryOf(page)).toBe("player_id:p-81");
});

it("the context of an entry shows its neighbours, more of them, and opens them", async () => {
  await using stage = await createStage();
  const messages = Array.from({ length: 100 }, (_, index) => ({
    severity: "info",
    message: `tick ${index} of ${index % 2 ? "odd" : "even"}`,
    service: index % 2 ? "odd" : "even",
    timestamp: stage.endsAt - 1000 + index,
  }));
  await stage.post(messages);
  const { page } = await stage.open("/?q=%22tick+50+of%22");
  await waitForEntries(page);
  await openRow(page, "tick 50 of even");
  await page.getByRole("button", { name: "Show context" }).click();
  const dialog = page.getByRole("dialog", { name: "Context" });
  const rows = dialog.getByRole("row");
  await expect.poll(() => rows.count()).toBe(51);
  await expect
    .poll(() => dialog.locator("tr[aria-selected=true]").innerText())
    .toContain("tick 50 of even");
  await expectNoAxeViolations(page);
  await dialog.getByRole("button", { name: "Load earlier ones" }).click();
  await expect.poll(() => rows.count()).toBe(76);
  await dialog.getByRole("button", { name: "Same service" }).click();
  await expect.poll(() => rows.filter({ hasText: "odd" }).count()).toBe(0);
  await dialog.getByRole("row", { name: "tick 48 of even" }).click();
  await dialog.getByRole("region", { name: "Details of the entry" }).waitFor();
  await expect.poll(() => page.url()).toContain("context=");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => page.url()).not.toContain("context=");
});

it("a link to an entry that the list does not reach shows it above the list", async () => {
  await using stage = await createStage({ entries: 400 });
  await stage.post([
    { severity: "error", message: "long ago", timestamp: stage.endsAt - 30 * hour },
  ]);
  const answer = await fetch(`${stage.server.url}/logs?q=%22long+ago%22`);
  const { logs } = (await answer.json()) as { logs: readonly { logId: string }[] };
  const { page } = await stage.open(`/?open=${logs[0]?.logId}`);
  await waitForEntries(page);
  const pinned = page.getByRole("grid", { name: "The entry of this link" });
  await pinned.getByText("long ago").first().waitFor();
  await page.getByRole("region", { name: "Details of the entry" }).waitFor();
  await page.keyboard.press("Escape");
  await pinned.waitFor({ state: "detached" });
});

it("the list goes on as one scrolls, to the last entry and each once", async () => {
  await using stage = await createStage({ entries: 1_500 });
  const { page } = await stage.open("/?last=3h");
  await waitForEntries(page);
  const seen = new Set<string>();
  const grid = page.getByRole("grid", { name: "Entries" });
  await grid.focus();
  await expect
    .poll(async () => {
      await page.keyboard.press("End");
      for (const id of await entryRows(page).evaluateAll((rows) => rows.map(({ id }) => id)))
        seen.add(id);
      return page.getByText("Nothing more since the beginning of the range").count();
    })
    .toBe(1);
  await expect
    .poll(() => page.getByRole("status").allInnerTexts())
    .toContain("1,500 entries, newest first");
  await expect.poll(() => entryRows(page).count()).toBeLessThan(120);
});

it("what is asked anew begins at its top, or at the open entry, wherever one was when it was answered", async () => {
  await using stage = await createStage();
  const messages = Array.from({ length: 200 }, (_, index) => ({
    severity: index % 4 ? "info" : "error",
    message: `tick ${index}`,
    timestamp: stage.endsAt - index,
  }));
  await stage.post(messages);
  const { page } = await stage.open("/");
  await waitForEntries(page);
  const grid = page.getByRole("grid", { name: "Entries" });
  const scrolled = () => grid.evaluate((table) => table.parentElement?.scrollTop ?? 0);
  let release = Promise.withResolvers<void>();
  await page.route("**/logs?*limit=200*", async (route) => {
    await release.promise;
    return route.continue();
  });
  const askAnew = async (name: RegExp, count: string) => {
    release = Promise.withResolvers<void>();
    await page.getByRole("button", { name }).click();
    await entryRows(page).last().hover();
    await page.mouse.wheel(0, 1500);
    await expect.poll(scrolled).toBeGreaterThan(1000);
    release.resolve();
    await page.getByText(`${count} entries, newest first`).waitFor();
  };
  await askAnew(/^info/, "150");
  await expect.poll(scrolled).toBe(0);
  await openRow(page, "tick 9");
  await askAnew(/^Refresh$/, "150");
  const details = page.getByRole("region", { name: "Details of the entry" });
  await expect.poll(() => details.isVisible()).toBe(true);
});

interface Paged {
  readonly scannedTo: number;
  readonly nextCursor: string | null;
}

/** Answers searches as a service does that goes through much and finds nothing. */
const answerSlowly = async (page: Page, answers: (asked: number) => Paged) => {
  let asked = 0;
  await page.route("**/logs?*limit=200*", (route) =>
    route.fulfill({ json: { count: 0, logs: [], complete: false, ...answers(asked++) } }),
  );
  return () => asked;
};

it("a long search goes on by itself, says how far it is, and stops when it is told to", async () => {
  await using stage = await createStage({ entries: 50 });
  const from = stage.endsAt - hour;
  const opened = await stage.open(`/?tab=patterns&from=${from}&to=${stage.endsAt}`);
  const { page } = opened;
  let isHeld = false;
  const asked = await answerSlowly(page, (count) => ({
    scannedTo: stage.endsAt - Math.min(count, 6) * 300_000,
    nextCursor: `cursor-${count}`,
  }));
  await page.route("**/logs?*cursor=cursor-6*", async () => {
    isHeld = true;
  });
  await page.getByRole("link", { name: "Entries" }).click();
  await expect.poll(() => isHeld).toBe(true);
  expect(asked()).toBe(7);
  const progress = page.getByRole("progressbar", { name: "Searched" });
  await expect.poll(async () => Number(await progress.getAttribute("value"))).toBeCloseTo(0.5, 2);
  await page.getByText("0 entries found so far, back to").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText(/Stopped at .*: this is a part/).waitFor();
  await page.unroute("**/logs?*cursor=cursor-6*");
  await page.unroute("**/logs?*limit=200*");
  await page.route("**/logs?*cursor=*", (route) =>
    route.fulfill({ json: { count: 0, logs: [], complete: true, nextCursor: null } }),
  );
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("heading", { name: "Nothing was logged in this range" }).waitFor();
});

it("what an answer warns of is said", async () => {
  await using stage = await createStage({ entries: 50 });
  const { page } = await stage.open("/?q=tick+or+tock");
  await page.getByText("you may have meant OR").first().waitFor();
});

it("an error says what happened, and by which id it is found in the server's log", async () => {
  await using stage = await createStage({ entries: 50 });
  const { page, allow } = await stage.open("/?tab=patterns");
  allow(/503/);
  const problem = {
    type: "about:blank",
    title: "The store does not answer",
    status: 503,
    detail: "the disk takes too long",
    code: "STORE_UNAVAILABLE",
    requestId: "req-7",
  };
  await page.route("**/logs?*limit=200*", (route) => route.fulfill({ status: 503, json: problem }));
  await page.getByRole("link", { name: "Entries" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "req-7" });
  await alert.getByText("the disk takes too long").waitFor();
  await expectNoAxeViolations(page);
  await page.unroute("**/logs?*limit=200*");
  await alert.getByRole("button", { name: "Try again" }).click();
  await waitForEntries(page);
});

it("an empty store says how to send the first entry, and shows it", async () => {
  await using stage = await createStage();
  const { page } = await stage.open("/");
  await page.getByRole("heading", { name: "No entries yet" }).waitFor();
  await expect
    .poll(() => page.getByRole("main").innerText())
    .toContain(`curl ${stage.server.url}/logs`);
  await expectNoAxeViolations(page);
  await stage.post([{ severity: "info", message: "hello" }]);
  await page.getByRole("button", { name: "Look again" }).click();
  await page.getByRole("row", { name: "hello" }).waitFor();
});

it("where nothing is found it offers to ask for less, or to look further back", async () => {
  await using stage = await createStage();
  await stage.post([
    { severity: "info", message: "yesterday's tick", timestamp: stage.endsAt - 20 * hour },
  ]);
  const { page } = await stage.open("/?q=tick+service%3Anone");
  await page.getByRole("button", { name: "Ask for less: tick" }).click();
  await expect.poll(() => queryOf(page)).toBe("tick");
  await page.getByRole("heading", { name: "Nothing matches in this range" }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "Around the newest entry" }).click();
  await page.getByRole("row", { name: "yesterday's tick" }).waitFor();
});
