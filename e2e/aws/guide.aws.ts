import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Block, blocksOf, runBlock } from "../harness/aws/guide.ts";
import { type Moto, region, startMoto } from "../harness/aws/moto.ts";
import { openTerraform, type Terraform } from "../harness/aws/terraform.ts";

// The commands of the operator's documents, as they stand there, with moto for AWS. They follow each other.

const stack = new AsyncDisposableStack();
let moto: Moto;
let terraform: Terraform;
let folder: string;
let env: NodeJS.ProcessEnv;

const deployment = blocksOf("DEPLOYMENT.md");
const operations = blocksOf("docs/operations.md");

beforeAll(async () => {
  moto = stack.use(await startMoto());
  const opened = stack.use(await openTerraform("minimal", moto.endpoint));
  terraform = opened;
  folder = await mkdtemp(join(tmpdir(), "log-service-dist-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const args = ["scripts/build.mjs", "--out", folder];
  await promisify(execFile)(process.execPath, args, { cwd: root });
  env = {
    ...opened.env,
    ROOT: opened.root,
    NAME: "log-service",
    // Version 1 of the AWS command line knows the Region by this name only.
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL_DYNAMODB: moto.endpoint,
    AWS_PAGER: "",
    TF_VAR_runtime: opened.runtime,
    TF_VAR_ingest_package_path: join(folder, "lambda-ingest.zip"),
    TF_VAR_read_package_path: join(folder, "lambda-read.zip"),
    TF_VAR_maintenance_package_path: join(folder, "lambda-maintenance.zip"),
  };
});

afterAll(() => stack.disposeAsync());

/** What is different before a step is taken. */
const preparations: Readonly<Record<string, () => Promise<void>>> = {
  // moto runs no function: any other package is a new version.
  Upgrade: () => copyFile(join(folder, "lambda-read.zip"), join(folder, "lambda-ingest.zip")),
};

const liveVersion = async (): Promise<unknown> => {
  const { ingest_function: lambda } = await terraform.outputs();
  return (lambda as { live_version: string }).live_version; // an output of the example
};

/** What must hold when a step was taken, by the beginning of its title. */
const consequences: Readonly<Record<string, () => Promise<void>>> = {
  "Upgrade: npm run deploy": async () => expect(await liveVersion()).toBe("2"),
  "Rollback: npm run deploy": async () => expect(await liveVersion()).toBe("1"),
  "Disaster recovery: WHEN=": async () => {
    const tables = (await terraform.resources()).filter((one) => one.type === "aws_dynamodb_table");
    const restored = tables.map(({ values }) => ({ name: values.name, ttl: values.ttl }));
    const ttl = [expect.objectContaining({ attribute_name: "expiresAt", enabled: true })];
    expect(restored).toContainEqual({ name: "restored-chunks", ttl });
    expect(restored).toContainEqual(expect.objectContaining({ name: "restored-keys" }));
  },
};

const take = async (name: string, block: Block): Promise<void> => {
  await preparations[block.heading]?.();
  await runBlock(block, env);
  for (const [begin, holds] of Object.entries(consequences))
    if (name.startsWith(begin)) await holds();
};

const title = ({ heading, commands, isForSyntaxOnly }: Block): string =>
  `${heading}: ${commands.split("\n")[isForSyntaxOnly ? 1 : 0]}`;

const steps = (blocks: readonly Block[], isLast: boolean): [string, Block][] =>
  blocks
    .filter(({ heading }) => (heading === "Removing it") === isLast)
    .map((block) => [title(block), block]);

describe("the guide to deployment", () => {
  it("has commands for each step", () => {
    const headings = new Set(deployment.map(({ heading }) => heading));
    expect([...headings]).toEqual([
      "From nothing to running",
      "Keys",
      "Erasing",
      "Upgrade",
      "Rollback",
      "More Regions",
      "Disaster recovery",
      "Removing it",
    ]);
  });

  it.each(steps(deployment, false))("%s", take);

  it("has a step for each consequence that was looked at", () => {
    const titles = deployment.map(title);
    const untaken = Object.keys(consequences).filter(
      (begin) => !titles.some((name) => name.startsWith(begin)),
    );
    expect(untaken).toEqual([]);
  });
});

describe("the guide to operations", () => {
  it.each(steps(operations, false))("%s", take);
});

describe("the end of the guide to deployment", () => {
  it.each(steps(deployment, true))("%s", async (_, block) => {
    await runBlock(block, env);
    expect(await terraform.run("state", "list")).toBe("");
    expect(await moto.get("lambda", "/2015-03-31/functions")).toMatchObject({ Functions: [] });
  });
});
