import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "../../packages/api/src/access/api-key.ts";
import { createIssuerKey, startIssuer } from "../../packages/api/src/test/issuer.ts";
import { startFunctions } from "../harness/aws/start-functions.ts";
import { holding } from "../harness/erasing.ts";

const buildScript = fileURLToPath(new URL("../../scripts/build.mjs", import.meta.url));
const script = (name: string) => fileURLToPath(new URL(`../../scripts/${name}`, import.meta.url));

const { text: key, record } = createApiKey({
  tenant: "studio",
  scopes: ["ingest", "read", "admin"],
  createdAt: 0,
});

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "log-service-"));
  const built = spawnSync(process.execPath, [buildScript, "--out", folder], { encoding: "utf8" });
  expect(built.status, built.stderr).toBe(0);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (settings: Readonly<Record<string, string>> = {}) =>
  startFunctions({ folder, keys: [record], settings });

const post = (
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}`, ...headers },
    body,
  });

const get = (url: string) => fetch(url, { headers: { "x-api-key": key } });

const entry = JSON.stringify({ severity: "info", message: "hello" });

describe("the functions, as they are built", () => {
  it("keep to their budget", async () => {
    // Bytes of the minified bundles. Raise one only with what it buys: a cold start reads and compiles all of it.
    const budgets = {
      "lambda-ingest": 120_000,
      "lambda-read": 356_000,
      "lambda-maintenance": 175_000,
    };
    for (const [name, bytes] of Object.entries(budgets))
      expect((await stat(join(folder, name, "index.mjs"))).size, name).toBeLessThan(bytes);
  });

  it.each([
    ["test_ingest.sh", 7],
    ["test_read_recent.sh", 8],
  ])("pass the cases of %s", async (name, cases) => {
    await using functions = await start();
    const { ingest, read } = functions;
    // With two addresses the script takes some time, and this process serves them meanwhile.
    const { stdout } = await runScript(name, [ingest.url, read.url]);
    expect(stdout).toContain(`${cases} passed, 0 failed`);
  });

  it("serve their own routes and no others", async () => {
    await using functions = await start();
    const { ingest, read, fake } = functions;
    expect((await post(`${ingest.url}/`, entry)).status).toBe(201);
    expect(
      (
        await post(`${ingest.url}/logs`, new Uint8Array(gzipSync(entry)), {
          "content-encoding": "gzip",
        })
      ).status,
    ).toBe(201);
    expect(new Set(fake.actions)).toEqual(new Set(["GetItem", "PutItem", "UpdateItem"]));
    expect((await get(`${ingest.url}/logs`)).status).toBe(405);
    expect((await get(`${ingest.url}/openapi.json`)).status).toBe(404);
    const page = await get(`${read.url}/?limit=2`);
    expect(await page.json()).toMatchObject({ count: 2 });
    for (const path of ["/health", "/ready", "/openapi.json", "/logs"])
      expect((await get(`${read.url}${path}`)).status).toBe(200);
    expect((await post(`${read.url}/logs`, entry)).status).toBe(405);
    expect((await get(`${read.url}/metrics`)).status).toBe(404);
  });

  it("show the page to browsers, and the newest entries to programs at the same address", async () => {
    await using functions = await start();
    const { ingest, read } = functions;
    const headers = { accept: "text/html,*/*;q=0.8", "accept-encoding": "gzip, deflate, br" };
    const open = (url: string) => fetch(url, { headers });
    const index = await open(`${read.url}/?q=error`);
    expect(index.headers.get("content-encoding")).toBe("br");
    expect(index.headers.get("vary")).toBe("Accept, Accept-Encoding");
    const html = await index.text();
    const [script = "none"] = /\/assets\/[^"]+\.js/.exec(html) ?? [];
    const asset = await fetch(`${read.url}${script}`, { headers: { "accept-encoding": "gzip" } });
    expect(asset.headers.get("cache-control")).toContain("immutable");
    expect(await asset.text()).toContain("createRoot");
    expect((await get(`${read.url}/`)).headers.get("content-type")).toContain("application/json");
    expect((await open(`${ingest.url}/`)).status).toBe(405);
    expect((await open(`${ingest.url}${script}`)).status).toBe(404);
  });

  it("take the tokens of an issuer where one is set, and count what its tenants send", async () => {
    await using issuer = await startIssuer();
    const signer = await createIssuerKey("one");
    issuer.keys = [signer.publicJwk];
    await using functions = await start({
      LOG_SERVICE_OIDC_ISSUER: issuer.url,
      LOG_SERVICE_OIDC_AUDIENCE: "logs",
      LOG_SERVICE_TENANT_BYTES_PER_DAY: String(entry.length),
    });
    const { ingest, read } = functions;
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const claims = { iss: issuer.url, aud: "logs", tenant: "game-1", exp };
    const token = await signer.sign({ ...claims, scope: "logs:write logs:read" });
    const authorization = `Bearer ${token}`;
    expect((await post(ingest.url, entry, { authorization })).status).toBe(201);
    const forged = await (await createIssuerKey("one")).sign(claims);
    const refused = await post(ingest.url, entry, { authorization: `Bearer ${forged}` });
    expect(await refused.json()).toMatchObject({ status: 401, code: "TOKEN_INVALID" });
    const more = await post(ingest.url, entry, { authorization });
    expect(await more.json()).toMatchObject({ status: 429, code: "QUOTA_EXCEEDED" });
    const usage = await fetch(`${read.url}/usage`, { headers: { authorization } });
    const total = { entries: 1, bytes: entry.length };
    expect(await usage.json()).toMatchObject({ total, days: [{ services: [{ service: null }] }] });
  });

  it("erase what matches, in an invocation of its own, and leave nothing of it in the table", async () => {
    await using functions = await start();
    const { ingest, read, maintenance, events, fake } = functions;
    const lines = ["hello from Zaphod", "hello from Trillian"]
      .map((message) => JSON.stringify({ severity: "info", message }))
      .join("\n");
    await post(ingest.url, lines, { "content-type": "application/x-ndjson" });
    fake.actions.length = 0;
    const headers = { "x-api-key": key };
    const begun = await fetch(`${maintenance.url}/erasures?q=Zaphod`, { method: "POST", headers });
    expect(begun.status).toBe(202);
    const { id } = (await begun.json()) as { id: string }; // as the contract says
    await events.settled();
    expect(events.invocations).toBe(1);
    const report = await (await get(`${maintenance.url}/erasures/${id}`)).json();
    expect(report).toMatchObject({ state: "done", matched: 1, erased: 1 });
    const page = (await (await get(`${read.url}/logs`)).json()) as { logs: { message: string }[] };
    expect(page.logs.map(({ message }) => message)).toEqual(["hello from Trillian"]);
    expect(holding(fake, "Zaphod")).toEqual([]);
    expect(new Set(fake.actions)).toEqual(
      new Set(["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"]),
    );
    expect((await get(`${maintenance.url}/logs`)).status).toBe(404);
    expect((await get(`${read.url}/erasures/${id}`)).status).toBe(404);
  });

  it("let nobody in without a key, whatever the table holds", async () => {
    await using functions = await start();
    const { ingest, read } = functions;
    for (const url of [ingest.url, `${read.url}/logs`]) {
      const method = url === ingest.url ? "POST" : "GET";
      const body = method === "POST" ? { body: entry } : {};
      expect((await fetch(url, { method, ...body })).status).toBe(401);
      const headers = { "x-api-key": `lsk_${"a".repeat(12)}_${"b".repeat(43)}` };
      expect((await fetch(url, { method, ...body, headers })).status).toBe(401);
    }
  });

  it("name their own limit when a body is too large", async () => {
    await using functions = await start();
    const { ingest } = functions;
    const response = await post(ingest.url, " ".repeat(4 * 1024 * 1024 + 1));
    expect(response.status).toBe(413);
    expect(await response.text()).toContain("4194304");
    const lines = `${entry}\n`.repeat(9000) + " ".repeat(5_000_000);
    const headers = { "content-type": "application/x-ndjson", "content-encoding": "gzip" };
    const compressed = await post(ingest.url, new Uint8Array(gzipSync(lines)), headers);
    expect(await compressed.json()).toMatchObject({ accepted: 9000 });
    const bomb = await post(
      ingest.url,
      new Uint8Array(gzipSync(Buffer.alloc(34_000_000))),
      headers,
    );
    expect(bomb.status).toBe(413);
  });

  it("tell a wrong table, right or credential by a code, and the reason only to their log", async () => {
    await using functions = await start();
    const { ingest, read, fake } = functions;
    const headers = { authorization: `Bearer ${key}` };
    const refusals = [
      "ResourceNotFoundException",
      "AccessDeniedException",
      "ExpiredTokenException",
    ];
    for (const name of refusals) {
      fake.intercept((_, input) => {
        if (input.TableName !== "chunks") return undefined;
        const body = { __type: `x#${name}`, message: `arn:secret of ${name}` };
        return Response.json(body, { status: 400 });
      });
      const responses = [
        { lambda: ingest.lambda, response: await post(ingest.url, entry) },
        { lambda: read.lambda, response: await fetch(`${read.url}/logs`, { headers }) },
      ];
      for (const { lambda, response } of responses) {
        expect(response.status).toBe(503);
        expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
        const text = await response.text();
        expect(JSON.parse(text)).toMatchObject({ code: "STORE_UNAVAILABLE" });
        expect(text).not.toContain("arn:secret");
        expect(text).not.toContain(name);
        expect(lambda.log()).toContain(`arn:secret of ${name}`);
      }
    }
  });

  it("write metrics as lines of their own, and neither payloads nor keys", async () => {
    await using functions = await start();
    const { ingest } = functions;
    await post(ingest.url, entry);
    await post(ingest.url, "{");
    const lines = ingest.lambda.log().trim().split("\n");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Namespace: "LogService", Dimensions: [["Function"]] }] },
      Function: "logs-ingest",
      EntriesAccepted: 1,
      WriteUnits: 1,
    });
    expect(ingest.lambda.log()).not.toContain("hello");
    expect(ingest.lambda.log()).not.toContain(key);
  });
});

const runScript = async (name: string, args: readonly string[]): Promise<{ stdout: string }> => {
  return new Promise((resolve) => {
    const env = { ...process.env, LOG_API_KEY: key };
    execFile("bash", [script(name), ...args], { env }, (_, stdout) => resolve({ stdout }));
  });
};
