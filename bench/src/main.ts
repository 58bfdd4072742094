import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Cleanup, createCleanup } from "./harness/cleanup.ts";
import { watchOthers } from "./harness/other-load.ts";
import type { Context, Scenario, StartOptions } from "./harness/scenario.ts";
import { type Server, startServer } from "./harness/server.ts";
import { type BenchOptions, parseBenchOptions, usage } from "./options.ts";
import {
  describeMachine,
  missedOf,
  printDocument,
  printParts,
  printTable,
  type Section,
} from "./report.ts";
import { bundles } from "./scenarios/bundles.ts";
import { ingestBatches } from "./scenarios/ingest-batches.ts";
import { ingestShare } from "./scenarios/ingest-share.ts";
import { ingestSingle } from "./scenarios/ingest-single.ts";
import { recentAfterAgents, recentAfterBatches, recentAfterSingle } from "./scenarios/recent.ts";
import { search } from "./scenarios/search.ts";
import { zstdOfRawFile } from "./scenarios/zstd.ts";

const scenarios: readonly Scenario[] = [
  ingestBatches,
  ingestShare,
  ingestSingle,
  recentAfterBatches,
  recentAfterAgents,
  recentAfterSingle,
  search,
  zstdOfRawFile,
  bundles,
];

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** The measurements of parts that are there; `bench/README.md` names them. */
const parts = ["codec", "parse", "store"].filter((part) =>
  existsSync(fromRoot(`bench/src/${part}.ts`)),
);

const say = (text: string): void => console.error(`  ${text}`);

interface Watch {
  readonly cleanup: Cleanup;
  readonly peaks: number[];
  readonly others: ReturnType<typeof watchOthers>;
  /** All servers that were started, also those that have ended. */
  readonly servers: Server[];
}

/** A server that tells its peak memory and its processor time when it is done with. */
const startWatched = async (
  { profile }: BenchOptions,
  watch: Watch,
  { data, hasOwnMemoryLimit = false }: StartOptions = {},
): Promise<Server> => {
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const { cleanup, peaks, others } = watch;
  const server = await startServer({ nodeArguments: profiling, cleanup, data });
  watch.servers.push(server);
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      if (!hasOwnMemoryLimit) peaks.push(await server.peakMemoryBytes());
      others.addChild(await server.cpuSeconds());
      await server[Symbol.asyncDispose]();
    },
  };
};

const memorySection = (peaks: readonly number[]): Section => ({
  scenario: "memory",
  figures: [
    {
      name: "peak memory of the server during all that",
      value: Math.max(...peaks) / 2 ** 20,
      unit: "MB",
      digits: 0,
      must: { atMost: 350 },
      aim: { atMost: 250 },
    },
  ],
});

/** Runs the measurement of one part in a process of its own. */
const runPart = async (part: string): Promise<Section> => {
  console.error(part);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      fromRoot(`bench/src/${part}.ts`),
    ]);
    return { scenario: part, figures: [], output: stdout };
  } catch (error) {
    return { scenario: part, figures: [], failure: messageOf(error) };
  }
};

const runScenario = async (
  scenario: Scenario,
  context: Context,
  watch: Watch,
): Promise<Section> => {
  console.error(scenario.name);
  const startedBefore = watch.servers.length;
  try {
    return { scenario: scenario.name, figures: await scenario.run(context) };
  } catch (error) {
    say(`failed: ${messageOf(error)}`);
    for (const server of watch.servers.slice(startedBefore))
      say(`the server said:\n${server.lastWords()}`);
    return { scenario: scenario.name, figures: [], failure: messageOf(error) };
  }
};

interface Outcome {
  readonly sections: readonly Section[];
  /** What others took of the cores meanwhile. */
  readonly othersShare: number;
}

const run = async (options: BenchOptions, cleanup: Cleanup): Promise<Outcome> => {
  const watch: Watch = { cleanup, peaks: [], others: watchOthers(), servers: [] };
  const { peaks, others } = watch;
  const context: Context = {
    scale: options,
    startServer: (chosen) => startWatched(options, watch, chosen),
    makeFolder: async () => {
      const folder = await mkdtemp(join(tmpdir(), "log-service-bench-"));
      cleanup.folder(folder);
      return folder;
    },
    say,
  };
  const isChosen = (name: string): boolean =>
    options.only.length === 0 || options.only.includes(name);
  const sections: Section[] = [];
  for (const scenario of scenarios)
    if (isChosen(scenario.name)) sections.push(await runScenario(scenario, context, watch));
  const othersShare = others.share();
  if (peaks.length > 0) sections.push(memorySection(peaks));
  for (const part of parts) if (isChosen(part)) sections.push(await runPart(part));
  return { sections, othersShare };
};

const main = async (args: readonly string[]): Promise<number> => {
  const names = [...scenarios.map(({ name }) => name), ...parts];
  let options: BenchOptions;
  try {
    options = parseBenchOptions(args, names);
  } catch (error) {
    console.error(`bench: ${messageOf(error)}\n\n${usage(names)}`);
    return 2;
  }
  const cleanup = createCleanup();
  process.once("exit", cleanup.run);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => process.exit(130));
  const before = describeMachine();
  const { sections, othersShare } = await run(options, cleanup);
  const machine = `${before}\n- other processes took ${Math.round(othersShare * 100)} % of the cores meanwhile`;
  console.log(`\n${machine}\n\n${printTable(sections)}\n\n${printParts(sections)}`);
  if (!options.isQuick && options.only.length === 0) {
    const command = ["npm run bench", ...(args.length > 0 ? ["--", ...args] : [])].join(" ");
    await writeFile(fromRoot("docs/benchmarks.md"), printDocument(machine, command, sections));
    console.log("\nwritten to docs/benchmarks.md");
  }
  const missed = missedOf(sections);
  for (const line of missed) console.log(`missed: ${line}`);
  return options.isCheck && missed.length > 0 ? 1 : 0;
};

process.exitCode = await main(process.argv.slice(2));
