import { execFile } from "node:child_process";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Scenario } from "../harness/scenario.ts";
import { median } from "../harness/statistics.ts";

const run = promisify(execFile);
const buildScript = fileURLToPath(new URL("../../../scripts/build.mjs", import.meta.url));

/** What the functions ask of their environment before they can be imported. */
const env = {
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  LOG_SERVICE_TABLE: "chunks",
  LOG_SERVICE_KEYS_TABLE: "keys",
};

/** How long a new process takes to import a file, in milliseconds. */
const importMs = async (path: string): Promise<number> => {
  const url = JSON.stringify(pathToFileURL(path).href);
  const program = `const start = performance.now(); await import(${url}); console.log(performance.now() - start);`;
  const args = ["--input-type=module", "--eval", program];
  const { stdout } = await run(process.execPath, args, { env });
  return Number(stdout);
};

const kilobytesOf = async (path: string): Promise<number> => (await stat(path)).size / 1000;

/** How large the functions for AWS are, and how long a cold start takes to import them. */
export const bundles: Scenario = {
  name: "bundles",
  run: async ({ scale, makeFolder, say }) => {
    const folder = await makeFolder();
    await run(process.execPath, [buildScript, "--out", folder]);
    const empty = join(folder, "empty.mjs");
    await writeFile(empty, "export const handler = async () => ({ statusCode: 200 });\n");
    const ingest = join(folder, "lambda-ingest/index.mjs");
    const read = join(folder, "lambda-read/index.mjs");
    const rounds = scale.isQuick ? 3 : 15;
    say(`importing each bundle ${rounds} times`);
    const times = { empty: [] as number[], ingest: [] as number[], read: [] as number[] };
    // In turns, so that a slower minute of the machine slows all alike.
    for (let round = 0; round < rounds; round += 1) {
      times.empty.push(await importMs(empty));
      times.ingest.push(await importMs(ingest));
      times.read.push(await importMs(read));
    }
    const beyondEmpty = (samples: readonly number[]) => median(samples) - median(times.empty);
    const imported = (name: string) =>
      `import of the ${name} function beyond an empty one, median of ${rounds}`;
    return [
      {
        name: "ingest function, minified",
        value: await kilobytesOf(ingest),
        unit: "kB",
        digits: 1,
        must: { atMost: 150 },
        aim: { atMost: 80 },
      },
      {
        name: imported("ingest"),
        value: beyondEmpty(times.ingest),
        unit: "ms",
        digits: 1,
        must: { atMost: 25 },
        aim: { atMost: 10 },
      },
      { name: "read function, minified", value: await kilobytesOf(read), unit: "kB", digits: 1 },
      { name: imported("read"), value: beyondEmpty(times.read), unit: "ms", digits: 1 },
    ];
  },
};
