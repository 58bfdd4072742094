import { existsSync } from "node:fs";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDataFolder, type DataFolder } from "../harness/data-folder.ts";
import { createKey, runKeys } from "../harness/keys.ts";
import { openConnection } from "../harness/raw-connection.ts";
import { runToExit, type ServerProcess, startServer } from "../harness/server.ts";

const entry = JSON.stringify({ severity: "info", message: "hello" });

let folder: DataFolder;
let server: ServerProcess;

beforeAll(async () => {
  folder = await createDataFolder();
  const env = { LOG_SERVICE_LOG_LEVEL: "debug" };
  server = await startServer({ dataFolder: folder.path, env });
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const send = async (headers: Record<string, string>, method = "POST") => {
  const response = await fetch(`${server.url}/logs`, {
    method,
    headers: { ...(method === "POST" && { "content-type": "application/json" }), ...headers },
    ...(method === "POST" && { body: entry }),
  });
  const text = await response.text();
  const code = response.ok ? undefined : JSON.parse(text || "{}").code;
  return { status: response.status, code, headers: response.headers, text };
};

/** Says any Host and Origin, which fetch does not let through. */
const rawSend = async (headers: Record<string, string>, method: string) => {
  using connection = await openConnection(server.url);
  const all = {
    host: "localhost",
    connection: "close",
    "content-length": entry.length,
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  connection.write([`${method} /logs HTTP/1.1`, ...lines, "", entry].join("\r\n"));
  const text = await connection.closed();
  const [head = "", body = ""] = text.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), code: /"code":"(\w+)"/.exec(body)?.[1] };
};

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe("a server without keys", () => {
  it.each([
    ["a foreign Host", { host: "logs.example.com" }],
    ["a foreign Host with a port", { host: "rebound.example:3000" }],
    ["a foreign Origin", { origin: "https://evil.example" }],
    ["an opaque Origin", { origin: "null" }],
    ["another site", { "sec-fetch-site": "cross-site" }],
  ])("refuses %s, for writing and for reading", async (_, headers) => {
    // fetch sets Host itself; a raw request says what it wants.
    const { status, code } = await rawSend(headers, "POST");
    expect({ status, code }).toEqual({ status: 403, code: "ORIGIN_FORBIDDEN" });
    expect(await rawSend(headers, "GET")).toMatchObject({ status: 403, code: "ORIGIN_FORBIDDEN" });
  });

  it.each(["http://localhost:5173", "http://127.0.0.1:8080", "http://[::1]:3000"])(
    "lets the page %s of this machine read and write",
    async (origin) => {
      const written = await send({ origin });
      expect(written.status).toBe(201);
      expect(written.headers.get("access-control-allow-origin")).toBe(origin);
      expect(written.headers.get("vary")).toContain("Origin");
      const read = await send({ origin }, "GET");
      expect(read.headers.get("access-control-allow-origin")).toBe(origin);
    },
  );

  it("answers the preflight of a page of this machine, and allows no other", async () => {
    const origin = "http://localhost:5173";
    const own = await send({ origin, "access-control-request-method": "POST" }, "OPTIONS");
    expect(own.status).toBe(204);
    expect(own.headers.get("access-control-allow-origin")).toBe(origin);
    expect(own.headers.get("access-control-allow-methods")).toContain("POST");
    expect(own.headers.get("access-control-allow-headers")).toContain("idempotency-key");
    const foreign = await send({ origin: "https://evil.example" }, "OPTIONS");
    expect(foreign.headers.has("access-control-allow-origin")).toBe(false);
  });
});

describe("a server with keys", () => {
  let ingestKey: string;
  let readKey: string;
  let otherKey: string;
  const said: string[] = [];

  beforeAll(async () => {
    ingestKey = createKey(folder.path, "ingest");
    readKey = createKey(folder.path, "read");
    otherKey = createKey(folder.path, "ingest,read", "studio-b");
  });

  const sendAndKeep = async (...args: Parameters<typeof send>) => {
    const answer = await send(...args);
    said.push(answer.text, JSON.stringify([...answer.headers]));
    return answer;
  };

  it("asks for one soon after the first was made, without a restart", async () => {
    await expect.poll(async () => (await send({})).status).toBe(401);
    const answer = await sendAndKeep({});
    expect(answer).toMatchObject({ status: 401, code: "KEY_REQUIRED" });
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
  });

  it("takes a key as Bearer, as x-api-key and as the password of Basic", async () => {
    const basic = Buffer.from(`agent:${ingestKey}`).toString("base64");
    for (const headers of [
      bearer(ingestKey),
      { "x-api-key": ingestKey },
      { authorization: `Basic ${basic}` },
    ])
      expect((await sendAndKeep(headers)).status).toBe(201);
  });

  it.each([
    ["an unknown key", () => `lsk_000000000000_${"A".repeat(43)}`],
    ["a wrong secret", () => `${ingestKey.slice(0, 17)}${"A".repeat(43)}`],
    ["no key at all", () => "hello"],
    ["a cut key", () => ingestKey.slice(0, -1)],
  ])("refuses %s", async (_, key) => {
    expect(await sendAndKeep(bearer(key()))).toMatchObject({ status: 401, code: "KEY_INVALID" });
  });

  it("refuses what the key has no scope for", async () => {
    expect(await sendAndKeep(bearer(readKey))).toMatchObject({
      status: 403,
      code: "SCOPE_REQUIRED",
    });
    expect(await sendAndKeep(bearer(ingestKey), "GET")).toMatchObject({
      status: 403,
      code: "SCOPE_REQUIRED",
    });
    expect((await sendAndKeep(bearer(readKey), "GET")).status).toBe(200);
  });

  it("shows a tenant its own entries only", async () => {
    const { text } = await sendAndKeep(bearer(otherKey), "GET");
    expect(JSON.parse(text)).toMatchObject({ count: 0, logs: [] });
    const own = JSON.parse((await sendAndKeep(bearer(ingestKey))).text);
    const read = (key: string) =>
      fetch(`${server.url}/logs/${own.logId}`, { headers: bearer(key) });
    expect((await read(readKey)).status).toBe(200);
    expect((await read(otherKey)).status).toBe(404);
  });

  it("lets pages of any origin in, since no browser sends a key by itself", async () => {
    const answer = await sendAndKeep({ origin: "https://console.example", ...bearer(ingestKey) });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });

  it("keeps the keys in a file for its owner only, and their secrets nowhere", async () => {
    const path = join(folder.path, "keys.json");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const texts = [await readFile(path, "utf8"), server.log(), ...said].join("\n");
    for (const key of [ingestKey, readKey, otherKey]) {
      const secret = key.slice(17);
      expect(secret).toHaveLength(43);
      expect(texts).not.toContain(secret);
      expect(texts).not.toContain(Buffer.from(secret).toString("base64").slice(0, 40));
    }
  });

  it("refuses a key soon after it was revoked", async () => {
    expect(runKeys(folder.path, "revoke", otherKey.slice(4, 16)).status).toBe(0);
    await expect.poll(async () => (await send(bearer(otherKey))).code).toBe("KEY_INVALID");
    expect((await send(bearer(ingestKey))).status).toBe(201);
  });

  it("listens beyond loopback", async () => {
    await using own = await createDataFolder();
    const key = createKey(own.path, "ingest");
    const args = ["--host", "0.0.0.0"];
    await using open = await startServer({ dataFolder: own.path, args });
    const url = open.url.replace("0.0.0.0", "127.0.0.1");
    const post = (headers: Record<string, string>) =>
      fetch(`${url}/logs`, { method: "POST", headers, body: entry });
    expect((await post({})).status).toBe(401);
    expect((await post(bearer(key))).status).toBe(201);
  });
});

it.each([
  [["--help"], 0, /^$/],
  [["create"], 1, /^log-service: --scope is missing; it must be some of ingest,read,admin\n$/],
  [
    ["create", "--scopes", "read"],
    1,
    /^log-service: unknown option '--scopes'\nlog-service: usage/,
  ],
])("the key tool says in a few words what %j lacks", (args, status, stderr) => {
  const ended = runKeys(folder.path, ...args);
  expect(ended.status).toBe(status);
  expect(ended.stderr).toMatch(stderr);
});

it("the key tool makes the data folder for its owner only, or says why it cannot", async () => {
  const own = join(folder.path, "new", "data");
  expect(createKey(own, "read")).toMatch(/^lsk_/);
  expect((await stat(own)).mode & 0o777).toBe(0o700);
  const ended = runKeys("/proc/log-service", "create", "--scope", "read");
  expect(ended.stderr).toBe("log-service: the folder /proc/log-service cannot be used (ENOENT)\n");
  expect(ended.status).toBe(1);
});

describe("a key file that cannot be used", () => {
  const commands = [
    ["list"],
    ["create", "--scope", "read"],
    ["rotate", "000000000000"],
    ["revoke", "000000000000"],
  ];

  it.each([
    ["is damaged", (path: string) => writeFile(path, '{"keys":[{"id":'), /is damaged/],
    ["is no file", (path: string) => mkdir(path), /cannot be read \(EISDIR\)/],
  ])(
    "is named in one line when it %s, by every command and by the server",
    async (_, spoil, why) => {
      await using own = await createDataFolder();
      const path = join(own.path, "keys.json");
      await spoil(path);
      const ended = [
        ...commands.map((args) => runKeys(own.path, ...args)),
        await runToExit(["--port", "0", "--data", own.path]),
      ];
      for (const { stderr } of ended) {
        expect(stderr).toMatch(why);
        expect(stderr).toContain(`log-service: the key file ${path} `);
        expect(stderr.trimEnd().split("\n")).toHaveLength(1);
      }
      expect(ended.map((one) => ("status" in one ? one.status : one.code))).toEqual([
        1, 1, 1, 1, 1,
      ]);
    },
  );

  it("is not needed to say that there is no such key", async () => {
    await using own = await createDataFolder();
    const missing = join(own.path, "missing");
    const { status, stderr } = runKeys(missing, "revoke", "000000000000");
    expect(stderr).toBe('log-service: there is no key "000000000000"\n');
    expect(status).toBe(1);
    expect(existsSync(missing)).toBe(false);
  });
});
