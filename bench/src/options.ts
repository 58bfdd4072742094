import { parseArgs } from "node:util";

export interface BenchOptions {
  readonly isCheck: boolean;
  /** Measures nothing, and prints the document of what was measured before. */
  readonly isReport: boolean;
  readonly isQuick: boolean;
  readonly isFull: boolean;
  readonly only: readonly string[];
  /** A folder for CPU profiles of the server. */
  readonly profile: string | undefined;
  /** A data folder that the scenario `search` fills once, and finds again. */
  readonly data: string | undefined;
}

export const usage = (scenarios: readonly string[]): string =>
  `npm run bench -- [--quick | --full | --report] [--check] [--only <scenario>]... [--profile <folder>] [--data <folder>]

  --quick    each scenario shortly: finds what is broken, says little about speed
  --full     10^7 entries also for batches of 25 and single posts
  --check    exits 1 when a "must" is missed
  --report   measures nothing; writes docs/benchmarks.md from bench/results
  --only     ${scenarios.join(", ")}
  --profile  writes CPU profiles of the server there
  --data     a folder that the scenario search fills once, and finds again the next time
`;

/** Parses the command line. Throws a TypeError whose message says what is wrong. */
export const parseBenchOptions = (
  args: readonly string[],
  scenarios: readonly string[],
): BenchOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      check: { type: "boolean", default: false },
      report: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      full: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      profile: { type: "string" },
      data: { type: "string" },
    },
  });
  const {
    check: isCheck,
    report: isReport,
    quick: isQuick,
    full: isFull,
    only,
    profile,
    data,
  } = values;
  const unknown = only.find((name) => !scenarios.includes(name));
  if (unknown !== undefined) throw new TypeError(`there is no scenario ${unknown}`);
  if (isQuick && isFull) throw new TypeError("--quick and --full exclude each other");
  return { isCheck, isReport, isQuick, isFull, only, profile, data };
};
