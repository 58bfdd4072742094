import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { batchesOf1000 } from "../client/shape.ts";
import type { Figure } from "../harness/figure.ts";
import { fillMerged } from "../harness/fill-merged.ts";
import type { Scenario } from "../harness/scenario.ts";
import { median, quantile } from "../harness/statistics.ts";
import { gameLogsUntilNow } from "./game-logs.ts";

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** A frame of a screen with 60 of them a second. */
const frameMs = 1000 / 60;

const run = async (script: string, ...args: string[]): Promise<string> => {
  const child = spawn(process.execPath, [fromRoot(script), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return output;
};

const measure = async (what: string, url: string, count: number): Promise<number[]> =>
  JSON.parse(
    await run("scripts/with-browser.mjs", fromRoot("e2e/page/measure.ts"), what, url, `${count}`),
  );

/** What the index names, compressed: in kB. */
const loadedBytes = async (folder: string, ending: string): Promise<number> => {
  const html = await readFile(join(folder, "index.html"), "utf8");
  const files = [...html.matchAll(/"\/(assets\/[^"]+)"/g)].map(([, file = ""]) => file);
  const sizes = files
    .filter((file) => file.endsWith(ending))
    .map(async (file) => (await stat(join(folder, `${file}.gz`))).size / 1000);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

const sizeFigures = async (folder: string): Promise<readonly Figure[]> => {
  await run("scripts/build-page.mjs", "--out", folder);
  const script = await loadedBytes(folder, ".js");
  const style = await loadedBytes(folder, ".css");
  return [
    {
      name: "script of the first load, gzip",
      value: script,
      unit: "kB",
      digits: 1,
      must: { atMost: 120 },
    },
    { name: "styles of the first load, gzip", value: style, unit: "kB", digits: 1 },
  ];
};

/** The frames that a screen would have shown again because the next one was late. */
const droppedOf = (frames: readonly number[]): number =>
  frames.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / frameMs) - 1), 0);

const frameFigures = (what: string, frames: readonly number[]): readonly Figure[] => {
  const dropped = droppedOf(frames);
  return [
    { name: `${what}: frame, p95`, value: quantile(frames, 0.95), unit: "ms", digits: 1 },
    {
      name: `${what}: frames dropped`,
      value: (100 * dropped) / (frames.length + dropped),
      unit: "%",
      digits: 1,
    },
  ];
};

/** The page in headless Chromium: what it loads, how soon it shows entries, and whether it stays smooth. */
export const page: Scenario = {
  name: "page",
  run: async (context) => {
    const { scale, makeFolder, startServer, say } = context;
    const sizes = await sizeFigures(join(await makeFolder(), "page"));
    const count = scale.isQuick ? 100_000 : 1_000_000;
    const data = await makeFolder();
    await fillMerged(context, data, batchesOf1000, gameLogsUntilNow(count), count);
    await using server = await startServer({ data, hasOwnMemoryLimit: true });
    const url = `http://${server.target.host}:${server.target.port}`;
    const rounds = scale.isQuick ? 3 : 15;
    say(`opening the page ${rounds} times`);
    const opened = await measure("open", url, rounds);
    const rows = scale.isQuick ? 10_000 : 100_000;
    say(`scrolling through ${rows} rows`);
    const wheeled = await measure("wheel", url, rows);
    const dragged = await measure("drag", url, rows);
    const seconds = scale.isQuick ? 5 : 20;
    say(`following 1,000 entries/s for ${seconds} s`);
    const tailed = await measure("tail", url, seconds);
    const stored = count.toLocaleString("en-US");
    const ofRows = `of ${rows.toLocaleString("en-US")} rows`;
    return [
      ...sizes,
      {
        name: `from opening the address to the first rows, ${stored} entries stored, median of ${rounds}, nothing cached`,
        value: median(opened),
        unit: "ms",
        digits: 0,
      },
      ...frameFigures(`scrolling at 6,000 pixels/s in a list ${ofRows}`, wheeled),
      ...frameFigures(`dragging through a list ${ofRows} in 10 s`, dragged),
      ...frameFigures(`following 1,000 entries/s for ${seconds} s`, tailed),
    ];
  },
};
