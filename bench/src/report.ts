import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { type Figure, printBound, printValue, verdictOf } from "./harness/figure.ts";

export interface Section {
  readonly scenario: string;
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
    return execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).trim();
  } catch {
    return "unknown";
  }
};

/** Where and on what it was measured. Taken before the first scenario, since that loads the machine. */
export const describeMachine = (): string => {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `- machine: ${processors.length} cores (${processors[0]?.model.trim()}), ${memory} GiB of memory`,
    `- Node ${process.version} on ${process.platform}-${process.arch}`,
    `- ${new Date().toISOString().slice(0, 10)}, commit ${commit()}`,
  ].join("\n");
};

/** `docs/benchmarks.md`. */
export const printDocument = (machine: string, command: string, sections: readonly Section[]) => `\
# Benchmarks

Written by \`${command}\`; how each figure is taken stands in [bench/README.md](../bench/README.md).

${machine}

The client is another process on the same cores, so every figure over HTTP includes what it costs. Figures are
medians where nothing else is said. "Must" and "aim" are the limits that the project sets itself; a must that is
missed says so here.

${printTable(sections)}

## The parts alone

${printParts(sections)}
`;
