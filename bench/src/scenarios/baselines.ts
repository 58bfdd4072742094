import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { batchesOf1000 } from "../client/shape.ts";
import type { Figure } from "../harness/figure.ts";
import type { Context } from "../harness/scenario.ts";
import { median } from "../harness/statistics.ts";
import { gameLogsUntilNow } from "./game-logs.ts";
import { withRareWord } from "./rare-word.ts";
import {
  type DataSet,
  isRareWord,
  rareCount,
  rareWord,
  type TimedQuery,
} from "./search-queries.ts";

const run = promisify(execFile);

const folder = fileURLToPath(new URL("../../baselines", import.meta.url));

const hasRipgrep = (): Promise<boolean> =>
  run("rg", ["--version"]).then(
    () => true,
    () => false,
  );

const hasDuckDb = (): boolean => existsSync(join(folder, "node_modules/@duckdb/node-api"));

/** Writes the entries of the store as they were sent; their times may differ by some milliseconds. */
const writeRaw = async (path: string, { count, newest }: DataSet): Promise<void> => {
  const generator = gameLogsUntilNow(count, { end: newest });
  const shape = withRareWord(batchesOf1000, count);
  const file = await open(path, "w");
  try {
    for (let left = count; left > 0; left -= shape.entriesPerRequest)
      await file.write(shape.body(generator, generator.nextSender(shape.entriesPerRequest)));
  } finally {
    await file.close();
  }
};

const timeRipgrep = async (raw: string): Promise<number> => {
  const times: number[] = [];
  // The first one brings the file into memory.
  for (let round = -1; round < 5; round++) {
    const start = performance.now();
    const { stdout } = await run("rg", ["-c", "-i", rareWord, raw]);
    if (round >= 0) times.push(performance.now() - start);
    if (Number(stdout) !== rareCount) throw new Error(`rg found ${stdout.trim()} lines`);
  }
  return median(times);
};

const ripgrepFigures = (rgMs: number, times: ReadonlyMap<TimedQuery, number>): Figure[] => {
  const [, ours = 0] = [...times].find(([query]) => isRareWord(query)) ?? [];
  return [
    { name: "`rg -c -i` for that word in the raw NDJSON file", value: rgMs, unit: "ms", digits: 1 },
    {
      name: "the word here / by rg",
      value: ours / rgMs,
      unit: "",
      digits: 2,
      aim: { atMost: 1 },
    },
  ];
};

const duckDbFigures = async (
  raw: string,
  times: ReadonlyMap<TimedQuery, number>,
): Promise<Figure[]> => {
  const asked = [...times].filter(([{ sql }]) => sql !== undefined);
  const questions = JSON.stringify(asked.map(([{ name, sql }]) => [name, sql]));
  const script = join(folder, "duckdb.mjs");
  const { stdout } = await run(process.execPath, [script, raw, `${raw}.parquet`, questions]);
  // What the script prints.
  const answer = JSON.parse(stdout) as { times: Record<string, number> };
  return asked.flatMap(([{ name }, ours]) => {
    const ms = answer.times[name] ?? 0;
    return [
      { name: `${name}, by DuckDB on Parquet`, value: ms, unit: "ms", digits: 1 },
      {
        name: `${name}, here / by DuckDB`,
        value: ours / ms,
        unit: "",
        digits: 2,
        aim: { atMost: 1 },
      },
    ];
  });
};

/** Asks ripgrep and DuckDB the same, where they are installed, and says what is left out where they are not. */
export const baselineFigures = async (
  context: Context,
  data: DataSet,
  times: ReadonlyMap<TimedQuery, number>,
): Promise<Figure[]> => {
  const [withRipgrep, withDuckDb] = [await hasRipgrep(), hasDuckDb()];
  if (!withRipgrep) context.say("left out: rg is not installed (apt install ripgrep)");
  if (!withDuckDb)
    context.say("left out: DuckDB is not installed (npm ci --prefix bench/baselines)");
  if (!withRipgrep && !withDuckDb) return [];
  const raw = join(await context.makeFolder(), "raw.ndjson");
  await writeRaw(raw, data);
  return [
    ...(withRipgrep ? ripgrepFigures(await timeRipgrep(raw), times) : []),
    ...(withDuckDb ? await duckDbFigures(raw, times) : []),
  ];
};
