import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Cleanup, createCleanup } from "./harness/cleanup.ts";
import type { Figure } from "./harness/figure.ts";
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
import { createResults } from "./results.ts";
import { authentication } from "./scenarios/authentication.ts";
import { bundles } from "./scenarios/bundles.ts";
import { compaction } from "./scenarios/compaction.ts";
import { ingestBatches } from "./scenarios/ingest-batches.ts";
import { ingestShare } from "./scenarios/ingest-share.ts";
import { ingestSingle } from "./scenarios/ingest-single.ts";
import { page } from "./scenarios/page.ts";
import { recentAfterAgents, recentAfterBatches, recentAfterSingle } from "./scenarios/recent.ts";
import { redaction } from "./scenarios/redaction.ts";
import { search } from "./scenarios/search.ts";
import { searchBesideIngest } from "./scenarios/search-beside-ingest.ts";
import { soakScenario } from "./scenarios/soak.ts";
import { zstdOfRawFile } from "./scenarios/zstd.ts";

const scenarios: readonly Scenario[] = [
  ingestBatches,
  ingestShare,
  ingestSingle,
  recentAfterBatches,
  recentAfterAgents,
  recentAfterSingle,
  compaction,
  search,
  searchBesideIngest,
  authentication,
  redaction,
  soakScenario,
  zstdOfRawFile,
  bundles,
  page,
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
  /** All that were started, also those that have ended. */
  readonly servers: Server[];
}

/** A server that tells its peak memory and its processor time when it is done with. */
const startWatched = async (
  { profile }: BenchOptions,
  watch: Watch,
  { data, command, hasOwnMemoryLimit = false }: StartOptions = {},
): Promise<Server> => {
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const { cleanup, peaks, others } = watch;
  const server = await startServer({ nodeArguments: profiling, cleanup, data, command });
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

const memoryFigure = (peaks: readonly number[]): Figure => ({
  name: "peak memory of the server meanwhile",
  value: Math.max(...peaks) / 2 ** 20,
  unit: "MB",
  digits: 0,
  must: { atMost: 350 },
  aim: { atMost: 250 },
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
  try {
    const figures = await scenario.run(context);
    const memory = watch.peaks.length > 0 ? [memoryFigure(watch.peaks)] : [];
    return { scenario: scenario.name, figures: [...figures, ...memory] };
  } catch (error) {
    say(`failed: ${messageOf(error)}`);
    for (const server of watch.servers) say(`the server said:\n${server.lastWords()}`);
    return { scenario: scenario.name, figures: [], failure: messageOf(error) };
  }
};

const createContext = (options: BenchOptions, watch: Watch): Context => ({
  scale: options,
  startServer: (chosen) => startWatched(options, watch, chosen),
  makeFolder: async () => {
    const folder = await mkdtemp(join(tmpdir(), "log-service-bench-"));
    watch.cleanup.folder(folder);
    return folder;
  },
  say,
});

/** Measures what was chosen, one after the other, each with what the machine did meanwhile. */
const measure = async function* (
  options: BenchOptions,
  cleanup: Cleanup,
  command: string,
): AsyncGenerator<Section> {
  const machine = describeMachine();
  const isChosen = (name: string): boolean =>
    options.only.length === 0 || options.only.includes(name);
  const steps = [
    ...scenarios.map((scenario) => ({
      name: scenario.name,
      run: (watch: Watch) => runScenario(scenario, createContext(options, watch), watch),
    })),
    ...parts.map((part) => ({ name: part, run: () => runPart(part) })),
  ];
  for (const { name, run } of steps) {
    if (!isChosen(name)) continue;
    const watch: Watch = { cleanup, peaks: [], others: watchOthers(), servers: [] };
    const section = await run(watch);
    // A part is a process of its own, whose time counts as that of another.
    const othersShare = section.output === undefined ? watch.others.share() : undefined;
    yield { ...section, conditions: { ...machine, command, othersShare } };
  }
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
  const command = ["npm run bench", ...(args.length > 0 ? ["--", ...args] : [])].join(" ");
  const results = createResults(fromRoot("bench/results"));
  const writeReport = async () =>
    writeFile(fromRoot("docs/benchmarks.md"), printDocument(await results.loadAll(names)));
  if (options.isReport) {
    await writeReport();
    return 0;
  }
  const sections: Section[] = [];
  for await (const section of measure(options, cleanup, command)) {
    sections.push(section);
    // What could not be measured leaves the last measurement as it is.
    if (!options.isQuick && section.failure === undefined) await results.save(section);
  }
  console.log(`\n${printTable(sections)}\n\n${printParts(sections)}`);
  if (!options.isQuick) await writeReport();
  const missed = missedOf(sections);
  for (const line of missed) console.log(`missed: ${line}`);
  return options.isCheck && missed.length > 0 ? 1 : 0;
};

process.exitCode = await main(process.argv.slice(2));
