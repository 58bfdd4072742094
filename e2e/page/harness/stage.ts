import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inject } from "vitest";
import { createDataFolder } from "../../harness/data-folder.ts";
import { type ServerOptions, type ServerProcess, startServer } from "../../harness/server.ts";
import { type GameLogsOptions, gameLogs } from "./game-logs.ts";
import { type Watch, watchPage } from "./watch-page.ts";

export interface StageOptions {
  /** How many entries of a game are stored, over the hour that ends now. */
  readonly entries?: number;
  readonly server?: Omit<Partial<ServerOptions>, "dataFolder">;
}

export interface OpenOptions extends BrowserContextOptions {
  /** A key to have signed in with. */
  readonly apiKey?: string;
  /** The time that the page believes it is, which then stands still; for pictures. */
  readonly now?: number;
  /** Runs before the address is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
}

/** A page that somebody looks at. Whatever goes wrong in it fails the test, unless `allow` expects it. */
export interface Opened {
  readonly page: Page;
  readonly allow: Watch["allow"];
}

/** A real server with entries in it, and a browser in front of it. */
export interface Stage extends AsyncDisposable {
  readonly server: ServerProcess;
  readonly dataFolder: string;
  /** When the stored entries end, in milliseconds since 1970. */
  readonly endsAt: number;
  /** Stores entries as they are. */
  post(entries: readonly object[], apiKey?: string): Promise<void>;
  /** Stores entries of a game. */
  fill(options: GameLogsOptions, apiKey?: string): Promise<void>;
  /** Opens an address of the page in a new profile of the browser, as in `/?tab=live`. */
  open(address?: string, options?: OpenOptions): Promise<Opened>;
}

const postLines = async (url: string, lines: string, apiKey?: string): Promise<void> => {
  const headers = {
    "content-type": "application/x-ndjson",
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
  };
  const response = await fetch(`${url}/logs`, { method: "POST", headers, body: lines });
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
  await response.body?.cancel();
};

/** Signs in before the page runs, as a person did who chose to be remembered. */
const signIn = (apiKey: string) => localStorage.setItem("log-service.api-key", apiKey);

const openIn = async (
  browser: Browser,
  url: string,
  { apiKey, now, before, ...context }: OpenOptions,
): Promise<Opened & { readonly watch: Watch }> => {
  const profile = await browser.newContext({
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    ...context,
  });
  const page = await profile.newPage();
  const watch = await watchPage(page);
  if (apiKey !== undefined) await page.addInitScript(signIn, apiKey);
  if (now !== undefined) await page.clock.setFixedTime(now);
  await before?.(page);
  await page.goto(url);
  return { page, allow: watch.allow, watch };
};

/** Sets a stage for one test: `await using stage = await createStage({ entries: 500 })`. */
export const createStage = async (
  { entries = 0, server: serverOptions = {} }: StageOptions = {},
  connect = () => chromium.connect(inject("browserEndpoint")),
): Promise<Stage> => {
  await using begun = new AsyncDisposableStack();
  const folder = begun.use(await createDataFolder());
  const server = begun.use(await startServer({ ...serverOptions, dataFolder: folder.path }));
  const browser = await connect();
  begun.defer(() => browser.close());
  const watches: Watch[] = [];
  // A test may end while one of its routes still answers: that is nothing that anybody waits for.
  const stopRouting = (page: Page) => page.unrouteAll({ behavior: "ignoreErrors" });
  const fill: Stage["fill"] = async (options, apiKey) => {
    for (const lines of gameLogs(options)) await postLines(server.url, lines, apiKey);
  };
  const endsAt = Date.now();
  if (entries > 0) await fill({ count: entries, endsAt });
  const stack = begun.move();
  return {
    server,
    dataFolder: folder.path,
    endsAt,
    fill,
    post: (some, apiKey) =>
      postLines(server.url, some.map((entry) => JSON.stringify(entry)).join("\n"), apiKey),
    open: async (address = "/", options = {}) => {
      const { watch, ...opened } = await openIn(browser, server.url + address, options);
      watches.push(watch);
      stack.defer(() => stopRouting(opened.page));
      return opened;
    },
    [Symbol.asyncDispose]: async () => {
      const problems = watches.flatMap((watch) => watch.problems);
      await stack.disposeAsync();
      if (problems.length > 0) throw new Error(`the page did wrong:\n${problems.join("\n")}`);
    },
  };
};
