// Measures the page in front of a server that runs: `measure.ts open|wheel|drag|tail URL COUNT`, as JSON on stdout. It is run by the
// benchmark's scenario `page`, which fills the server.
import { setInterval } from "node:timers/promises";
import { type Browser, chromium, type Page } from "playwright-core";
import { createGenerator, toJson } from "../../bench/src/generator/index.ts";
import { launchOptions } from "./harness/browser-server.ts";
import { entryRows, waitForEntries } from "./harness/entries.ts";

const newPage = async (browser: Browser): Promise<Page> =>
  (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();

interface Noted {
  rowsAt?: number;
  frameTimes?: number[];
}

/** Runs in the page before it: notes when the first entries have been drawn, since the navigation began. */
const noteRows = () => {
  const noted = globalThis as Noted;
  const observer = new MutationObserver(() => {
    if (!document.querySelector("main tr[data-severity]")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (noted.rowsAt = performance.now())));
  });
  observer.observe(document, { childList: true, subtree: true });
};

/** Runs in the page: notes the time between each two frames. */
const noteFrames = () => {
  const frames: number[] = [];
  (globalThis as Noted).frameTimes = frames;
  let last = performance.now();
  const next = (now: number) => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
};

const readFrames = (page: Page) => page.evaluate(() => (globalThis as Noted).frameTimes ?? []);

/** How long it takes from opening the address to the first rows, with nothing in the browser's cache. */
const measureOpen = async (browser: Browser, url: string, rounds: number) => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const page = await newPage(browser);
    await page.addInitScript(noteRows);
    await page.goto(url);
    const noted = await page.waitForFunction(() => (globalThis as Noted).rowsAt);
    times.push(Number(await noted.jsonValue()));
    await page.context().close();
  }
  return times;
};

/** Runs in the page: loads entries by going to the end of the list until there are so many. */
const loadRows = async (count: number) => {
  const scroller = document.querySelector("main table[role=grid]")?.parentElement;
  // As the list says it: `12,345 entries loaded`.
  const loaded = () =>
    Number(
      /([\d,]+) entries loaded/
        .exec(document.querySelector("main")?.textContent ?? "")?.[1]
        ?.replaceAll(",", ""),
    );
  while (scroller && !(loaded() >= count)) {
    scroller.scrollTop = scroller.scrollHeight;
    await new Promise(requestAnimationFrame);
  }
};

interface Scrolling {
  readonly frames: number;
  /** In pixels; without it so far that the frames are enough for the whole list. */
  readonly framePixels?: number;
}

/** Runs in the page: goes through the list from its beginning, the same way in each frame. */
const scrollThrough = async ({ frames, framePixels }: Scrolling) => {
  const scroller = document.querySelector("main table[role=grid]")?.parentElement;
  if (!scroller) throw new Error("there is no list");
  scroller.scrollTop = 0;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const step = framePixels ?? scroller.scrollHeight / frames;
  const times: number[] = [];
  let last = performance.now();
  for (let frame = 0; frame < frames; frame += 1) {
    scroller.scrollTop += step;
    const now = await new Promise<number>(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  return times;
};

const measureScroll = async (browser: Browser, url: string, count: number, way: Scrolling) => {
  const page = await newPage(browser);
  page.setDefaultTimeout(600_000);
  await page.goto(url);
  await waitForEntries(page);
  await page.evaluate(loadRows, count);
  return await page.evaluate(scrollThrough, way);
};

/** Four rows a frame, as a wheel that is turned fast. */
const wheel: Scrolling = { frames: 600, framePixels: 100 };

/** Sends entries as they happen, ten requests a second. */
const sendLive = async (url: string, perSecond: number, seconds: number) => {
  const generator = createGenerator({
    seed: 1,
    startTime: Date.now(),
    entriesPerSecond: perSecond,
  });
  let sent = 0;
  for await (const _ of setInterval(100)) {
    const lines = Array.from({ length: perSecond / 10 }, () => toJson(generator.next()));
    const headers = { "content-type": "application/x-ndjson" };
    const response = await fetch(`${url}/logs`, {
      method: "POST",
      headers,
      body: lines.join("\n"),
    });
    if (response.status !== 201) throw new Error(await response.text());
    sent += lines.length;
    if (sent >= perSecond * seconds) break;
  }
};

const measureTail = async (browser: Browser, url: string, seconds: number) => {
  const page = await newPage(browser);
  await page.goto(`${url}/?tab=live`);
  await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  await sendLive(url, 1000, 1);
  await entryRows(page).first().waitFor();
  await page.evaluate(noteFrames);
  await sendLive(url, 1000, seconds);
  const frames = await readFrames(page);
  const total = ((seconds + 1) * 1000).toLocaleString("en");
  await page.getByText(`${total} received`).waitFor();
  return frames;
};

const [what = "", url = "", count = ""] = process.argv.slice(2);
const measures = {
  open: measureOpen,
  wheel: (...of: Parameters<typeof measureOpen>) => measureScroll(...of, wheel),
  drag: (...of: Parameters<typeof measureOpen>) => measureScroll(...of, { frames: 600 }),
  tail: measureTail,
};
const measure = measures[what as keyof typeof measures]; // any other word fails here
await using browser = await chromium.launch(launchOptions());
console.log(JSON.stringify(await measure(browser, url, Number(count))));
