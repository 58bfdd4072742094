import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rotateKey } from "../../packages/api/src/access/key-store.ts";
import { openOperatorTable } from "../../packages/api/src/hosts/keys/operator-table.ts";
import {
  accessRules,
  createMatrixKeys,
  credentialKinds,
  requestTo,
  routeCases,
  verdictIn,
  verdictOf,
} from "../../packages/api/src/test/access-cases.ts";
import { type DynamoLocal, startDynamoLocal } from "../harness/aws/dynamodb-local.ts";
import { createFunctionProcess } from "../harness/aws/function-process.ts";
import { serveFunctionUrl } from "../harness/aws/function-url.ts";
import { startLambdaEvents } from "../harness/aws/lambda-events.ts";

// The matrix of `packages/api/src/access/matrix.test.ts` against the functions as they are built, with keys that the
// operator's tool has written to the table.

const root = fileURLToPath(new URL("../..", import.meta.url));
const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

const stack = new AsyncDisposableStack();
const urls = new Map<string, string>();
const keys = createMatrixKeys(Date.now());
const all = keys.sets.find(({ grant }) => grant.length === 3)?.texts;
let dynamo: DynamoLocal;
let ids: { readonly logId: string; readonly erasureId: string };

const tableOf = () =>
  openOperatorTable({
    table: "keys",
    env: {
      ...credentials,
      AWS_REGION: "eu-west-1",
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    },
  });

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "log-service-access-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  await promisify(execFile)(process.execPath, ["scripts/build.mjs", "--out", folder], {
    cwd: root,
  });
  dynamo = stack.use(await startDynamoLocal());
  await dynamo.createTable("chunks", "B");
  await dynamo.createTable("keys");
  for (const record of keys.records) await tableOf().add(record);
  const events = stack.use(await startLambdaEvents());
  for (const name of ["ingest", "read", "maintenance"]) {
    const env = {
      ...credentials,
      AWS_REGION: "eu-west-1",
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
      AWS_ENDPOINT_URL_LAMBDA: events.url,
      AWS_LAMBDA_FUNCTION_NAME: `logs-${name}`,
      LOG_SERVICE_TABLE: "chunks",
      LOG_SERVICE_KEYS_TABLE: "keys",
    };
    const lambda = createFunctionProcess({ folder: join(folder, `lambda-${name}`), env });
    stack.use(lambda);
    const cors = { allowOrigins: ["*"], allowMethods: ["GET", "POST"] };
    const { url } = stack.use(await serveFunctionUrl(lambda, cors));
    urls.set(name, url);
  }
  const stored = await fetch(`${urls.get("ingest")}/logs`, {
    method: "POST",
    headers: { "x-api-key": all?.right ?? "", "content-type": "application/json" },
    body: JSON.stringify({ severity: "error", message: "only-game-1-says-this" }),
  });
  const answer = (await stored.json()) as { readonly logId: string }; // as the contract says
  // Nobody is invoked: what is asked for stays as it is.
  const begun = await fetch(`${urls.get("maintenance")}/erasures?q=only-game-1-erases-this`, {
    method: "POST",
    headers: { "x-api-key": all?.right ?? "" },
  });
  const erasure = (await begun.json()) as { readonly id: string };
  ids = { logId: answer.logId, erasureId: erasure.id };
});

afterAll(() => stack.disposeAsync());

/** The counters of a process are on the Node host only. */
const onAws = routeCases.filter(([operation]) => operation !== "metrics");

const functionOf = (operation: string, scope: string): string =>
  scope === "admin" ? "maintenance" : operation === "ingest" ? "ingest" : "read";

describe.each(onAws)("access to %s on AWS", (operation, route) => {
  const url = () => urls.get(functionOf(operation, route.scope)) ?? "";

  it("is for whom its rule says, and for nobody else", async () => {
    const found: string[] = [];
    const wanted: string[] = [];
    for (const { grant, texts } of keys.sets)
      for (const kind of credentialKinds) {
        const { path, init } = requestTo(route, ids, texts[kind]);
        const verdict = await verdictIn(await fetch(`${url()}${path}`, init));
        found.push(`${grant} ${kind}: ${verdict}`);
        wanted.push(`${grant} ${kind}: ${verdictOf(accessRules[operation], grant, kind)}`);
      }
    expect(found).toEqual(wanted);
  });

  it("shows another tenant nothing", async () => {
    const { path, init } = requestTo(route, ids, all?.["other tenant"]);
    const answer = await fetch(`${url()}${path}`, init);
    expect(await answer.text()).not.toContain("only-game-1");
  });
});

it("keys in the table rotate: both work, and the old one ends", async () => {
  const table = tableOf();
  const [record] = keys.records;
  const rotated = await rotateKey(table, record?.id ?? "", {
    now: Date.now(),
    overlapMs: 3_600_000,
  });
  const ids = await table.list();
  const old = ids.find(({ id }) => id === record?.id);
  const next = ids.find(({ id }) => id === rotated?.record.id);
  expect(old?.expiresAt).toBe(rotated?.oldEndsAt);
  expect(next).toEqual({ ...rotated?.record, expiresAt: undefined });
  expect(await table.endAt("000000000000", 5)).toBe(false);
  expect(await table.remove(next?.id ?? "")).toBe(true);
  expect(await table.remove(next?.id ?? "")).toBe(false);
});
