import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Moto, startMoto } from "../harness/aws/moto.ts";
import { type RefusingProxy, startRefusingProxy } from "../harness/aws/refusing-proxy.ts";
import { openTerraform, type Terraform } from "../harness/aws/terraform.ts";

// An apply that fails midway leaves a state that the next apply repairs. The tests follow each other.

const root = fileURLToPath(new URL("../..", import.meta.url));
const stack = new AsyncDisposableStack();
let moto: Moto;
let proxy: RefusingProxy;
let terraform: Terraform;
let variables: readonly string[];

const apply = () => terraform.run("apply", "-auto-approve", "-input=false", ...variables);

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "log-service-dist-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const args = ["scripts/build.mjs", "--out", folder];
  await promisify(execFile)(process.execPath, args, { cwd: root });
  moto = stack.use(await startMoto());
  proxy = stack.use(await startRefusingProxy(moto.endpoint));
  const opened = stack.use(await openTerraform("minimal", proxy.url));
  terraform = opened;
  variables = [
    `-var=runtime=${opened.runtime}`,
    `-var=ingest_package_path=${join(folder, "lambda-ingest.zip")}`,
    `-var=read_package_path=${join(folder, "lambda-read.zip")}`,
    `-var=maintenance_package_path=${join(folder, "lambda-maintenance.zip")}`,
  ];
});

afterAll(() => stack.disposeAsync());

const functionNames = ["ingest", "maintenance", "read"] as const;

describe("an apply that fails midway", () => {
  it.each([
    ["the tables have no recovery yet", /UpdateContinuousBackups/],
    ["the functions may not be made", /^POST \/2015-03-31\/functions$/],
    ["nobody may call the addresses", /^POST \/2015-03-31\/functions\/[^/]+\/policy/],
  ])("says what failed, when %s", async (_, calls) => {
    proxy.refuse(calls);
    const before = proxy.refused.length;
    await expect(apply()).rejects.toThrow(/AccessDenied|not authorized/);
    expect(proxy.refused.length).toBeGreaterThan(before);
  });

  it("is repaired by the next one, which leaves nothing to change", async () => {
    proxy.refuse(undefined);
    await apply();
    // moto keeps no function's logging_config, so that each plan would set it anew.
    const forgotten = functionNames.map((name) => `aws_lambda_function.${name}: logging_config`);
    expect(await terraform.changes(variables)).toEqual(forgotten);
  });

  it("leaves nothing behind when all of it is removed, also after a removal that failed", async () => {
    proxy.refuse(/DynamoDB_20120810.DeleteTable/);
    const destroy = () => terraform.run("destroy", "-auto-approve", "-input=false", ...variables);
    await expect(destroy()).rejects.toThrow(/AccessDenied|not authorized/);
    proxy.refuse(undefined);
    await destroy();
    expect(await terraform.run("state", "list")).toBe("");
    expect(await moto.get("lambda", "/2015-03-31/functions")).toMatchObject({ Functions: [] });
  });
});
