import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "../../packages/api/src/access/api-key.ts";
import { toKeyItem } from "../../packages/api/src/hosts/lambda/key-table.ts";
import { type DynamoLocal, startDynamoLocal } from "../harness/aws/dynamodb-local.ts";
import type { FunctionProcess } from "../harness/aws/function-process.ts";
import { serveFunctionUrl } from "../harness/aws/function-url.ts";
import { region } from "../harness/aws/moto.ts";
import { createRuntimeProcess } from "../harness/aws/runtime-process.ts";

// The zips' content under Lambda's own runtime client, as it is on Lambda: one event at a time, frozen in between.

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

const { text: key, record } = createApiKey({
  tenant: "studio",
  scopes: ["ingest", "read"],
  createdAt: 0,
});

interface Served {
  readonly url: string;
  readonly lambda: FunctionProcess;
}

const stack = new AsyncDisposableStack();
let folder: string;
let dynamo: DynamoLocal;
let ingest: Served;
let read: Served;

const serve = async (name: string, env: Readonly<Record<string, string>> = {}): Promise<Served> => {
  const lambda = stack.use(
    await createRuntimeProcess({
      folder: join(folder, `lambda-${name}`),
      env: {
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: "role",
        AWS_SECRET_ACCESS_KEY: "role",
        AWS_SESSION_TOKEN: "role",
        AWS_LAMBDA_FUNCTION_NAME: `log-service-${name}`,
        AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
        LOG_SERVICE_TABLE: "chunks",
        LOG_SERVICE_KEYS_TABLE: "keys",
        ...env,
      },
    }),
  );
  const cors = { allowOrigins: ["*"], allowMethods: ["*"] };
  const { url } = stack.use(await serveFunctionUrl(lambda, cors));
  return { url, lambda };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "log-service-runtime-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  await run(process.execPath, ["scripts/build.mjs", "--out", folder], { cwd: root });
  dynamo = stack.use(await startDynamoLocal());
  await dynamo.createTable("chunks", "B");
  await dynamo.createTable("keys");
  await dynamo.call("PutItem", { TableName: "keys", Item: toKeyItem(record) });
  [ingest, read] = [await serve("ingest"), await serve("read")];
});

afterAll(() => stack.disposeAsync());

const headers = { "content-type": "application/x-ndjson", "x-api-key": key };

const post = (url: string, body: string | Uint8Array<ArrayBuffer>, more = {}): Promise<Response> =>
  fetch(url, { method: "POST", headers: { ...headers, ...more }, body });

const get = (url: string): Promise<Response> => fetch(url, { headers });

const lineOf = (message: string): string => `${JSON.stringify({ severity: "info", message })}\n`;

describe("the functions, under Lambda's own runtime client", () => {
  it.each([
    ["test_ingest.sh", 7],
    ["test_read_recent.sh", 8],
  ])("pass the cases of %s", async (script, cases) => {
    const args = [`scripts/${script}`, ingest.url, read.url];
    const env = { ...process.env, LOG_API_KEY: key };
    const { stdout } = await run("bash", args, { cwd: root, env });
    expect(stdout).toContain(`${cases} passed, 0 failed`);
  });

  it("take a body of 4 MiB, which travels as base64, and name the limit of a larger one", async () => {
    const lines = lineOf("one of many").repeat(1000);
    const full = lines + "\n".repeat(4 * 2 ** 20 - lines.length);
    const taken = await post(ingest.url, full);
    expect(await taken.json()).toMatchObject({ accepted: 1000 });
    const over = await post(ingest.url, `${full}\n`);
    expect(over.status).toBe(413);
    expect(await over.text()).toContain("4194304");
    // What does not fit an invocation never reaches the function.
    const huge = await post(ingest.url, "\n".repeat(5 * 2 ** 20));
    expect(huge.status).toBe(413);
    expect(await huge.text()).toContain("6291456");
  });

  it("answer the largest page, though escaping it once more would double it", async () => {
    const quotes = lineOf('"'.repeat(60_000)).repeat(40);
    const gzip = { "content-encoding": "gzip" };
    const stored = await post(ingest.url, new Uint8Array(gzipSync(quotes)), gzip);
    expect(await stored.json()).toMatchObject({ accepted: 40 });
    const page = await get(`${read.url}/logs?limit=1000`);
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text.length).toBeGreaterThan(3_900_000);
    expect(JSON.parse(text).logs[0].message).toBe('"'.repeat(60_000));
  });

  it("export more than an invocation may carry where the URL takes it as a stream, and else say so", async () => {
    const lines = Array.from({ length: 20 }, (_, index) => lineOf(`${index} `.repeat(10_000)));
    const gzip = { "content-encoding": "gzip" };
    const body = new Uint8Array(gzipSync(lines.join("").repeat(20)));
    expect((await post(ingest.url, body, gzip)).status).toBe(201);
    const query = "/logs/export?q=-%22one of%22 -hello -before";
    const buffered = await get(`${read.url}${query}`);
    expect(buffered.status).toBe(413);
    expect(await buffered.json()).toMatchObject({ code: "EXPORT_TOO_LARGE" });
    const streaming = await serve("read", { LOG_SERVICE_INVOKE_MODE: "RESPONSE_STREAM" });
    const streamed = await get(`${streaming.url}${query}`);
    expect(streamed.headers.get("content-type")).toBe("application/x-ndjson");
    const text = await streamed.text();
    expect(text.length).toBeGreaterThan(8 * 2 ** 20);
    expect(text.match(/\n/g)?.length).toBeGreaterThanOrEqual(400);
    const page = await get(`${streaming.url}/logs?limit=2`);
    expect(await page.json()).toMatchObject({ count: 2 });
    const none = await get(`${streaming.url}/logs/export?q=nothing:here`);
    expect([none.status, await none.text()]).toEqual([200, ""]);
    expect((await get(`${streaming.url}/logs/export?format=x`)).status).toBe(400);
    expect((await post(ingest.url, lineOf("the next invocation"))).status).toBe(201);
  });

  it("go on in a new environment when one is killed", async () => {
    const before = await post(ingest.url, lineOf("before"));
    await ingest.lambda.kill();
    const after = await post(ingest.url, lineOf("after"));
    expect([before.status, after.status]).toEqual([201, 201]);
  });

  it("do not start in a wrong environment, and say why in their log alone", async () => {
    const wrong = await serve("ingest", { LOG_SERVICE_TABLE: "" });
    const response = await post(wrong.url, lineOf("hello"));
    expect(response.status).toBe(502);
    expect(wrong.lambda.log()).toContain("LOG_SERVICE_TABLE is not set");
  });

  it("write lines of JSON to their log, and neither payloads nor keys", () => {
    const log = ingest.lambda.log() + read.lambda.log();
    const lines = log.trim().split("\n");
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => "object"));
    expect(log).toContain('"EntriesAccepted"');
    expect(log).not.toContain("one of many");
    expect(log).not.toContain(key);
  });
});
