import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Cleanup, createCleanup } from "./harness/cleanup.ts";
import type { Context, Scenario } from "./harness/scenario.ts";
import { type Server, startServer } from "./harness/server.ts";
import { type BenchOptions, parseBenchOptions, usage } from "./options.ts";
import { describeMachine, missedOf, printDocument, printTable, type Section } from "./report.ts";
import { ingestBatches } from "./scenarios/ingest-batches.ts";
import { ingestShare } from "./scenarios/ingest-share.ts";
import { ingestSingle } from "./scenarios/ingest-single.ts";
import { recentAfterAgents, recentAfterBatches, recentAfterSingle } from "./scenarios/recent.ts";
import { zstdOfRawFile } from "./scenarios/zstd.ts";

const scenarios: readonly Scenario[] = [
  ingestBatches,
  ingestShare,
  ingestSingle,
  recentAfterBatches,
  recentAfterAgents,
  recentAfterSingle,
  zstdOfRawFile,
];

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const say = (text: string): void => console.error(`  ${text}`);

/** A server that adds its peak memory to `peaks` when it is done with. */
const startWatched = async (
  { profile }: BenchOptions,
  cleanup: Cleanup,
  peaks: number[],
): Promise<Server> => {
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const entry = fromRoot("packages/api/src/hosts/node.ts");
  const server = await startServer({ entry, nodeArguments: profiling, cleanup });
  return {
    ...server,
    [Symbol.asyncDispose]: async () => {
      peaks.push(await server.peakMemoryBytes());
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

const runScenario = async (scenario: Scenario, context: Context): Promise<Section> => {
  console.error(scenario.name);
  try {
    return { scenario: scenario.name, figures: await scenario.run(context) };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    say(`failed: ${failure}`);
    return { scenario: scenario.name, figures: [], failure };
  }
};

const run = async (options: BenchOptions, cleanup: Cleanup): Promise<Section[]> => {
  const peaks: number[] = [];
  const context: Context = {
    scale: options,
    startServer: () => startWatched(options, cleanup, peaks),
    runModule: async (path) =>
      (await promisify(execFile)(process.execPath, [fromRoot(path)])).stdout,
    say,
  };
  const chosen = scenarios.filter(
    ({ name }) => options.only.length === 0 || options.only.includes(name),
  );
  const sections: Section[] = [];
  for (const scenario of chosen) sections.push(await runScenario(scenario, context));
  return peaks.length === 0 ? sections : [...sections, memorySection(peaks)];
};

const main = async (args: readonly string[]): Promise<number> => {
  const names = scenarios.map(({ name }) => name);
  let options: BenchOptions;
  try {
    options = parseBenchOptions(args, names);
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}\n\n${usage(names)}`);
    return 2;
  }
  const cleanup = createCleanup();
  process.once("exit", cleanup.run);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => process.exit(130));
  const machine = describeMachine();
  const sections = await run(options, cleanup);
  console.log(`\n${machine}\n\n${printTable(sections)}`);
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
