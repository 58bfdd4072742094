// Takes the pictures of docs/images: `npm run screenshots`, or `npm run screenshots -- NAME...` for some of them. The entries and the time are always the
// same, so that a picture changes only when the page does.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { createKey } from "../harness/keys.ts";
import { launchOptions } from "./harness/browser-server.ts";
import { createStage, type OpenOptions, type Stage } from "./harness/stage.ts";

const folder = fileURLToPath(new URL("../../docs/images/", import.meta.url));

/** A Friday evening, when players are there and something breaks. */
const now = Date.UTC(2025, 10, 21, 20, 15) - 1;

const desk: OpenOptions = { now, viewport: { width: 1200, height: 720 }, colorScheme: "light" };
const dark: OpenOptions = { ...desk, colorScheme: "dark" };
const phone: OpenOptions = { ...desk, viewport: { width: 360, height: 740 }, hasTouch: true };

interface Picture {
  readonly name: string;
  readonly address?: string;
  readonly options?: OpenOptions;
  /** Goes on when what the picture shows is there. */
  readonly ready?: (page: Page, stage: Stage) => Promise<unknown>;
  /** Runs before the page is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
  /** Whether requests stay under way in it. */
  readonly isBusy?: boolean;
}

const rows = (page: Page) => page.getByRole("row").nth(3).waitFor();

const answer = (status: number, body: object) => (page: Page) =>
  page.route("**/logs?*", (route) =>
    route.fulfill({ status, contentType: "application/problem+json", json: body }),
  );

const pictures: readonly Picture[] = [
  { name: "explore-light", ready: rows },
  { name: "explore-dark", options: dark, ready: rows },
  { name: "explore-phone", options: phone, ready: rows },
  { name: "explore-phone-dark", options: { ...phone, colorScheme: "dark" }, ready: rows },
  {
    name: "entry-open",
    address: "/?q=severity%3Aerror",
    ready: async (page) => {
      await rows(page);
      await page.getByRole("row").nth(2).click();
      await page
        .getByRole("button", { name: /context/i })
        .first()
        .waitFor();
    },
  },
  {
    name: "query-problem",
    ready: async (page) => {
      await rows(page);
      await page
        .getByRole("textbox", { name: "Query" })
        .fill("service:gateway AND (latency_ms>abc");
    },
  },
  {
    name: "query-completion",
    ready: async (page) => {
      await rows(page);
      await page.getByRole("textbox", { name: "Query" }).fill("");
      await page.keyboard.type("serv");
      await page.getByRole("option").first().waitFor();
    },
  },
  {
    name: "nothing-found",
    address: "/?q=nobody.says.this",
    ready: (page) =>
      page
        .getByText(/nothing|no entries/i)
        .first()
        .waitFor(),
  },
  {
    name: "loading",
    isBusy: true,
    before: (page) => page.route("**/logs?*", () => undefined),
    ready: (page) => page.getByText("Searching").first().waitFor(),
  },
  {
    name: "error",
    before: answer(503, {
      type: "https://log-service.dev/errors#STORE_UNAVAILABLE",
      title: "The store cannot be reached",
      status: 503,
      code: "STORE_UNAVAILABLE",
      detail: "the store did not answer within 5 s",
      requestId: "0f3c9a52-6a52-4a6e-8f2e-1d0a8d6f4b11",
    }),
    ready: (page) =>
      page
        .getByRole("button", { name: /try again/i })
        .first()
        .waitFor(),
  },
  {
    name: "offline",
    ready: async (page) => {
      await rows(page);
      await page.waitForLoadState("networkidle");
      await page.context().setOffline(true);
      await page
        .getByText(/does not answer/i)
        .first()
        .waitFor();
    },
  },
  {
    name: "patterns",
    address: "/?tab=patterns",
    ready: (page) => page.getByRole("row").nth(3).waitFor(),
  },
  {
    name: "patterns-dark",
    address: "/?tab=patterns",
    options: dark,
    ready: (page) => page.getByRole("row").nth(3).waitFor(),
  },
  {
    name: "chart",
    address: "/?tab=chart&measure=p95(latency_ms)&by=service",
    ready: (page) => page.locator("main canvas").first().waitFor(),
  },
  {
    name: "chart-dark",
    address: "/?tab=chart&measure=count&by=service",
    options: dark,
    ready: (page) => page.locator("main canvas").first().waitFor(),
  },
  {
    name: "chart-table",
    address: "/?tab=chart&chart=table&measure=count&by=player_id",
    ready: (page) => page.getByRole("row").nth(3).waitFor(),
  },
  {
    name: "context",
    address: "/?q=severity%3Aerror",
    ready: async (page) => {
      await rows(page);
      await page.getByRole("row").nth(2).click();
      await page
        .getByRole("button", { name: /context/i })
        .first()
        .click();
      await page.getByRole("dialog").getByRole("row").nth(3).waitFor();
    },
  },
  {
    name: "help",
    ready: async (page) => {
      await rows(page);
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "time-range",
    ready: async (page) => {
      await rows(page);
      await page
        .getByRole("button", { name: /^Time range/ })
        .first()
        .click();
    },
  },
];

const take = async (stage: Stage, picture: Picture): Promise<void> => {
  const { name, address = "/", options = desk, ready, before, isBusy = false } = picture;
  const { page, allow } = await stage.open(address, { ...options, ...(before && { before }) });
  // Some show what goes wrong.
  allow(/^/);
  try {
    await ready?.(page, stage);
    if (!isBusy) await page.waitForLoadState("networkidle");
  } catch (error) {
    // The picture shows why.
    console.error(`${name} is not as it should be: ${error}`);
    process.exitCode = 1;
  }
  await page.screenshot({
    path: join(folder, `${name}.png`),
    animations: "disabled",
    caret: "hide",
  });
  console.error(name);
  await page.context().close();
};

const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

mkdirSync(folder, { recursive: true });
const connect = () => chromium.launch(launchOptions());

const takeAll = async () => {
  await using stage = await createStage({}, connect);
  await stage.fill({ count: 9000, endsAt: now });
  for (const picture of pictures) if (isWanted(picture.name)) await take(stage, picture);
};

/** What needs a server of its own: one without entries, one with keys, one that entries come to. */
const takeApart = async () => {
  await using stage = await createStage({}, connect);
  if (isWanted("empty"))
    await take(stage, { name: "empty", ready: (page) => page.getByText("curl").first().waitFor() });
  if (isWanted("live")) {
    const live = { name: "live", isBusy: true, address: "/?tab=live", options: dark };
    await stage.fill({ count: 400, endsAt: now, lengthMs: 20_000 });
    await take(stage, { ...live, ready: rows });
  }
  if (isWanted("unauthorised")) {
    createKey(stage.dataFolder, "read");
    await take(stage, {
      name: "unauthorised",
      ready: (page) => page.getByLabel(/key/i).first().waitFor(),
    });
  }
};

await takeAll();
await takeApart();
