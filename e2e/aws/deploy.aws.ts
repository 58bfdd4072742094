import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyTables } from "../harness/aws/copy-tables.ts";
import { startCurlDetours } from "../harness/aws/curl-detours.ts";
import {
  type DeployedFunction,
  type FunctionName,
  functionNames,
  startDeployedFunction,
} from "../harness/aws/deployed-function.ts";
import { type DynamoLocal, startDynamoLocal } from "../harness/aws/dynamodb-local.ts";
import { type LambdaEvents, startLambdaEvents } from "../harness/aws/lambda-events.ts";
import { type Moto, region, startMoto } from "../harness/aws/moto.ts";
import { readService, sendWithRetries } from "../harness/aws/retrying-sender.ts";
import { callsBeyond, tableRightsOf } from "../harness/aws/table-rights.ts";
import { openTerraform, type Terraform } from "../harness/aws/terraform.ts";
import { createRandom } from "../harness/random.ts";

// The journey of an operator, on one machine: build, apply, create a key, send and read, remove. The tests follow each
// other and stand on the ones before.

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

const stack = new AsyncDisposableStack();
let folder: string;
let moto: Moto;
let dynamo: DynamoLocal;
let terraform: Terraform & { readonly runtime: string };
let variables: readonly string[];
let outputs: Readonly<Record<string, unknown>>;
let key: string;
let lambdaEvents: LambdaEvents;
const running = new Map<FunctionName, DeployedFunction>();

const urlOf = (name: FunctionName): string => running.get(name)?.url ?? "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "log-service-dist-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  await run(process.execPath, ["scripts/build.mjs", "--out", folder], { cwd: root });
  moto = stack.use(await startMoto());
  dynamo = stack.use(await startDynamoLocal());
  lambdaEvents = stack.use(await startLambdaEvents());
  terraform = stack.use(await openTerraform("minimal", moto.endpoint));
  variables = [
    `-var=runtime=${terraform.runtime}`,
    `-var=ingest_package_path=${join(folder, "lambda-ingest.zip")}`,
    `-var=read_package_path=${join(folder, "lambda-read.zip")}`,
    `-var=maintenance_package_path=${join(folder, "lambda-maintenance.zip")}`,
  ];
});

afterAll(() => stack.disposeAsync());

const startFunction = async (
  name: FunctionName,
  beforeCall?: (call: string) => Promise<void>,
): Promise<DeployedFunction> => {
  const installation = { packages: folder, moto, dynamo, lambdaEvents };
  return stack.use(await startDeployedFunction(installation, name, beforeCall));
};

/** Runs a command of the operator, with moto for AWS. */
const operateWith = async (
  more: NodeJS.ProcessEnv,
  script: string,
  ...args: readonly string[]
): Promise<string> => {
  const values = variables.map((one) => one.replace("-var=", "--var="));
  const all = [`scripts/${script}`, "--root", terraform.root, "--yes", ...values, ...args];
  const env = { ...terraform.env, AWS_ENDPOINT_URL_DYNAMODB: moto.endpoint, ...more };
  const { stdout } = await run(process.execPath, all, { cwd: root, env });
  return stdout;
};

const operate = (script: string, ...args: readonly string[]) => operateWith({}, script, ...args);

describe("an installation on AWS", () => {
  it("is deployed with one command, which prints its addresses and its first key once", async () => {
    const first = await operate("deploy.mjs", "--skip-tests");
    outputs = await terraform.outputs();
    expect(first).toContain(`send  ${outputs.ingest_url}`);
    expect(first).toContain(`read  ${outputs.read_url}/logs`);
    expect(first).toContain(`erase ${outputs.admin_url}/erasures`);
    expect(first).toMatch(/key {3}lsk_/);
    const second = await operate("deploy.mjs", "--skip-tests");
    expect(second).toContain(`send  ${outputs.ingest_url}`);
    expect(second).not.toContain("lsk_");
  });

  it("is as it was asked for, so that applying it again changes nothing", async () => {
    // moto keeps no function's logging_config, so that each plan would set it anew; AWS does. When moto learns it, both fail.
    for (const name of functionNames) {
      const path = `/2015-03-31/functions/log-service-${name}/configuration`;
      expect(await moto.get("lambda", path)).not.toHaveProperty("LoggingConfig");
    }
    const forgotten = functionNames
      .map((name) => `aws_lambda_function.${name}: logging_config`)
      .toSorted();
    expect(await terraform.changes(variables)).toEqual(forgotten);
  });

  it("has its functions and tables, with a key that an operator creates", async () => {
    await copyTables(await terraform.resources(), dynamo);
    const table = String(outputs.keys_table_name);
    const args = [
      "create",
      "--aws-table",
      table,
      "--tenant",
      "studio",
      "--scope",
      "ingest,read,admin",
    ];
    const env = {
      ...process.env,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: "operator",
      AWS_SECRET_ACCESS_KEY: "operator",
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    };
    const keys = "packages/api/src/hosts/keys.ts";
    const { stdout } = await run(process.execPath, [keys, ...args], { cwd: root, env });
    key = stdout.trim();
    expect(key).toMatch(/^lsk_/);
    for (const name of functionNames) running.set(name, await startFunction(name));
    lambdaEvents.to(running.get("maintenance")!.lambda);
  });

  it.each([
    ["test_ingest.sh", 7],
    ["test_read_recent.sh", 8],
  ])("passes the cases of %s", async (script, cases) => {
    const args = [`scripts/${script}`, urlOf("ingest"), urlOf("read")];
    const env = { ...process.env, LOG_API_KEY: key };
    const { stdout } = await run("bash", args, { cwd: root, env });
    expect(stdout).toContain(`${cases} passed, 0 failed`);
  });

  it("is tested by the command that deploys it, which fails where the cases do", async () => {
    const { ingest_url: ingest, read_url: read } = outputs;
    await using curl = await startCurlDetours(
      new Map([
        [String(ingest), urlOf("ingest")],
        [String(read), urlOf("read")],
      ]),
    );
    const stdout = await operateWith({ ...curl.env, LOG_API_KEY: key }, "deploy.mjs");
    expect(stdout).toContain("7 passed, 0 failed");
    expect(stdout).toContain("8 passed, 0 failed");
    const refused = operateWith({ ...curl.env, LOG_API_KEY: "lsk_nobody" }, "deploy.mjs");
    await expect(refused).rejects.toMatchObject({ code: 1 });
  });

  it("stores a batch once, though its environment is frozen between two writes and goes on after the retry", async () => {
    const [frozen, thawed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let writes = 0;
    const first = await startFunction("ingest", async (call) => {
      if (call !== `dynamodb:PutItem ${outputs.chunks_table_name}`) return;
      writes += 1;
      if (writes === 3) await first.lambda.freeze().then(frozen.resolve);
      if (writes >= 3) await thawed.promise;
    });
    const minutes = Array.from({ length: 6 }, (_, index) => index);
    const body = minutes
      .map((seq) => ({
        timestamp: Date.now() - seq * 60_000,
        severity: "info",
        message: `frozen ${seq}`,
        service: "frozen",
      }))
      .map((entry) => JSON.stringify(entry))
      .join("\n");
    const headers = {
      "content-type": "application/x-ndjson",
      authorization: `Bearer ${key}`,
      "idempotency-key": "frozen",
    };
    const send = async (url: string) => {
      const response = await fetch(url, { method: "POST", headers, body });
      return { status: response.status, answer: await response.json() };
    };
    const late = send(first.url);
    await Promise.race([frozen.promise, late]);
    expect(writes).toBeGreaterThan(2);
    const retried = await send(urlOf("ingest"));
    expect(retried).toMatchObject({ status: 201, answer: { accepted: minutes.length } });
    await first.lambda.thaw();
    thawed.resolve();
    expect(await late).toMatchObject({ status: 201, answer: { accepted: minutes.length } });
    const found = await fetch(`${urlOf("read")}/logs?service=frozen`, { headers });
    const { logs } = (await found.json()) as { logs: { message: string }[] }; // the contract's shape
    expect(logs.map(({ message }) => message)).toEqual(minutes.map((seq) => `frozen ${seq}`));
  });

  it("stores each batch once, though its environments are killed while they write", async () => {
    const senders = Array.from({ length: 4 }, (_, number) =>
      sendWithRetries({
        url: urlOf("ingest"),
        key,
        name: `sender-${number}`,
        batches: 25,
        random: createRandom(number + 1),
      }),
    );
    let isDone = false;
    const all = Promise.all(senders).finally(() => {
      isDone = true;
    });
    const random = createRandom(7);
    let kills = 0;
    while (!isDone && kills < 40) {
      await Promise.race([wait(random.integer(50, 400)), all]);
      await running.get("ingest")?.lambda.kill();
      kills += 1;
    }
    const reports = await all;
    const entries = reports.reduce((sum, report) => sum + report.entries, 0);
    const sentAgain = reports.reduce((sum, report) => sum + report.sentAgain, 0);
    const found = await readService(urlOf("read"), key);
    const counts = Map.groupBy(found, ({ producer, seq }) => `${producer} ${seq}`);
    const doubled = [...counts.values()].filter((same) => same.length > 1).length;
    console.table([{ kills, sentAgain, entries, missing: entries - counts.size, doubled }]);
    expect(sentAgain).toBeGreaterThan(0);
    expect(counts.size).toBe(entries);
    expect(doubled).toBe(0);
  });

  it("erases what is asked for, though its environment is killed at it, and nothing else", async () => {
    const headers = { authorization: `Bearer ${key}` };
    const before = await readService(urlOf("read"), key);
    const ask = await fetch(`${urlOf("maintenance")}/erasures?q=producer:sender-1`, {
      method: "POST",
      headers,
    });
    expect(ask.status).toBe(202);
    const { id } = (await ask.json()) as { id: string };
    await wait(50);
    await running.get("maintenance")?.lambda.kill();
    await lambdaEvents.settled();
    const report = await (
      await fetch(`${urlOf("maintenance")}/erasures/${id}`, { headers })
    ).json();
    const erased = before.filter(({ producer }) => producer === "sender-1").length;
    expect(report).toMatchObject({ state: "done", erased, matched: erased, left: [] });
    expect(erased).toBeGreaterThan(0);
    const after = await readService(urlOf("read"), key);
    expect(after.map(({ producer, seq }) => `${producer} ${seq}`).toSorted()).toEqual(
      before
        .filter(({ producer }) => producer !== "sender-1")
        .map(({ producer, seq }) => `${producer} ${seq}`)
        .toSorted(),
    );
  });

  it.each(functionNames)("%s calls what its role allows, no more and no less", async (name) => {
    const { url, proxy } = running.get(name)!;
    // The one action that the scripts may leave out, since a look-up finds its chunk at once.
    if (name === "read") await fetch(`${url}/ready`);
    const rights = tableRightsOf(await terraform.resources(), name);
    expect([...proxy.calls.keys()].toSorted()).toEqual([...rights.keys()].toSorted());
    expect(callsBeyond(proxy.calls, rights)).toEqual([]);
  });

  it("is removed without a trace", async () => {
    await operate("destroy.mjs");
    expect(await terraform.resources()).toEqual([]);
    expect(await moto.get("lambda", "/2015-03-31/functions")).toMatchObject({ Functions: [] });
    const state = await terraform.run("state", "list");
    expect(state).toBe("");
  });
});
