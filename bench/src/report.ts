import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { type Figure, printBound, printValue, verdictOf } from "./harness/figure.ts";

/** Where, when and on what something was measured. */
export interface Conditions {
  readonly machine: string;
  readonly node: string;
  /** The day, in UTC. */
  readonly day: string;
  readonly commit: string;
  readonly command: string;
  /** What other processes took of the cores meanwhile, since that falsifies every figure; unknown for a part. */
  readonly othersShare?: number | undefined;
}

export interface Section {
  readonly scenario: string;
  readonly conditions?: Conditions | undefined;
  readonly figures: readonly Figure[];
  /** Why the scenario could not be measured. */
  readonly failure?: string | undefined;
  /** What a measurement of one part printed. */
  readonly output?: string | undefined;
}

const columns = ["figure", "measured", "must", "aim", "result"];

const rowsOf = (sections: readonly Section[]): string[][] =>
  sections.flatMap(({ scenario, figures, failure }) => [
    ...figures.map((figure) => [
      figure.name,
      printValue(figure),
      printBound(figure.must),
      printBound(figure.aim),
      verdictOf(figure),
    ]),
    ...(failure === undefined ? [] : [[scenario, "not measured", "", "", "failed"]]),
  ]);

/** A Markdown table whose columns line up, so that it also reads well in a terminal. */
export const printTable = (sections: readonly Section[]): string => {
  const rows = rowsOf(sections);
  const widths = columns.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [line(columns), rule, ...rows.map(line)].join("\n");
};

export const missedOf = (sections: readonly Section[]): string[] =>
  sections.flatMap(({ scenario, figures, failure }) => [
    ...figures
      .filter((figure) => verdictOf(figure) === "missed")
      .map((figure) => `${figure.name}: ${printValue(figure)}, must ${printBound(figure.must)}`),
    ...(failure === undefined ? [] : [`${scenario}: ${failure.slice(0, 300)}`]),
  ]);

/** The parts, each with its text as it was printed. */
export const printParts = (sections: readonly Section[]): string =>
  sections
    .flatMap(({ scenario, output }) =>
      output === undefined ? [] : [`### ${scenario}\n\n\`\`\`text\n${output.trimEnd()}\n\`\`\``],
    )
    .join("\n\n");

const commit = (): string => {
  try {
    const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
    // What the benchmark itself has written is no change of what it measures.
    const own = [":(top)", ":(top,exclude)docs/benchmarks.md", ":(top,exclude)bench/results"];
    const isChanged = git("status", "--porcelain", "--", ...own) !== "";
    return `${git("rev-parse", "--short", "HEAD")}${isChanged ? "-dirty" : ""}`;
  } catch {
    return "unknown";
  }
};

/** Taken before the first scenario, since that loads the machine. */
export const describeMachine = (): Omit<Conditions, "othersShare" | "command"> => {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    machine: `${processors.length} cores (${processors[0]?.model.trim()}), ${memory} GiB of memory`,
    node: `${process.version} on ${process.platform}-${process.arch}`,
    day: new Date().toISOString().slice(0, 10),
    commit: commit(),
  };
};

const printConditions = (conditions: Conditions): string => {
  const { command, day, commit, othersShare } = conditions;
  const others =
    othersShare === undefined
      ? ""
      : `; others took ${Math.round(othersShare * 100)} % of the cores`;
  return `\`${command}\`, ${day}, commit ${commit}${others}.`;
};

const printSection = (section: Section): string =>
  [
    `### ${section.scenario}`,
    ...(section.conditions === undefined ? [] : [printConditions(section.conditions)]),
    ...(section.figures.length === 0 ? [] : [printTable([section])]),
    ...(section.output === undefined ? [] : [`\`\`\`text\n${section.output.trimEnd()}\n\`\`\``]),
  ].join("\n\n");

const machinesOf = (sections: readonly Section[]): string =>
  [
    ...new Set(
      sections.flatMap(({ conditions }) =>
        conditions === undefined ? [] : [`- ${conditions.machine}, Node ${conditions.node}`],
      ),
    ),
  ].join("\n");

/** `docs/benchmarks.md`: the last measurement of each scenario. */
export const printDocument = (sections: readonly Section[]) => `\
# Benchmarks

Written by \`npm run bench\`; how each figure is taken stands in [bench/README.md](../bench/README.md). Each table is the last
measurement of its scenario, with its command, its commit and how much of the cores other processes took meanwhile.

${machinesOf(sections)}

The client is another process on the same cores, so every figure over HTTP includes what it costs. Figures are
medians where nothing else is said. "Must" and "aim" are the limits that the project sets itself; a must that is
missed says so here.

${sections.map(printSection).join("\n\n")}
`;
