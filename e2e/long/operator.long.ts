import { expect, it } from "vitest";
import { createIssuerKey, startIssuer } from "../../packages/api/src/test/issuer.ts";
import { createDataFolder } from "../harness/data-folder.ts";
import { createKey, runKeys } from "../harness/keys.ts";
import { startServer } from "../harness/server.ts";

const entry = JSON.stringify({ severity: "info", message: "hello", service: "gateway" });

const senderTo = (url: string) => (authorization: string) =>
  fetch(`${url}/logs`, { method: "POST", headers: { authorization }, body: entry });

const bearer = (key: string) => `Bearer ${key}`;

it("a key is rotated and limited by the tool, while the server runs", async () => {
  await using folder = await createDataFolder();
  const key = createKey(folder.path, "ingest");
  const args = ["--scope", "ingest", "--rate", "2"];
  const limited = runKeys(folder.path, "create", ...args).stdout.trim();
  await using server = await startServer({ dataFolder: folder.path });
  const send = senderTo(server.url);
  expect((await send(bearer(key))).status).toBe(201);
  const [, id = ""] = key.split("_");
  const rotated = runKeys(folder.path, "rotate", id, "--overlap-hours", "1");
  const next = rotated.stdout.trim();
  expect(rotated.stderr).toContain(`${id} works until`);
  await expect.poll(async () => (await send(bearer(next))).status).toBe(201);
  expect((await send(bearer(key))).status).toBe(201);
  expect(runKeys(folder.path, "rotate", "000000000000").stderr).toContain("there is no key");
  const beganAt = performance.now();
  const answers = await Promise.all(Array.from({ length: 50 }, () => send(bearer(limited))));
  const seconds = (performance.now() - beganAt) / 1000;
  const letIn = answers.filter(({ status }) => status === 201).length;
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 429]));
  expect(letIn).toBeGreaterThanOrEqual(2);
  // Two at once, and two more in each second that they took.
  expect(letIn).toBeLessThanOrEqual(2 + Math.ceil(2 * seconds));
  await server.kill("SIGTERM");
  const list = runKeys(folder.path, "list").stdout.split("\n");
  expect(list.find((line) => line.includes("2 requests/s"))).toMatch(/\b20\d\d-\d\d-\d\d/);
  expect(list.find((line) => line.startsWith(id))).not.toContain("never");
});

it("what was sent is known after a restart, and the day's limit goes on from there", async () => {
  await using folder = await createDataFolder();
  const key = createKey(folder.path, "ingest,read");
  const env = { LOG_SERVICE_TENANT_BYTES_PER_DAY: String(3 * entry.length) };
  for (let run = 1; run <= 3; run++) {
    await using server = await startServer({ dataFolder: folder.path, env });
    expect((await senderTo(server.url)(bearer(key))).status).toBe(201);
    const usage = await fetch(`${server.url}/usage`, { headers: { "x-api-key": key } });
    const total = { entries: run, bytes: run * entry.length };
    expect(await usage.json()).toMatchObject({ total, days: [{ services: [{ ...total }] }] });
    await server.kill("SIGTERM");
  }
  await using server = await startServer({ dataFolder: folder.path, env });
  const refused = await senderTo(server.url)(bearer(key));
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(86_400);
});

it("a server beyond loopback starts without a key where an issuer is set, and takes its tokens alone", async () => {
  await using issuer = await startIssuer();
  const signer = await createIssuerKey("one");
  issuer.keys = [signer.publicJwk];
  await using folder = await createDataFolder();
  const env = { LOG_SERVICE_OIDC_ISSUER: issuer.url, LOG_SERVICE_OIDC_AUDIENCE: "logs" };
  const args = ["--host", "0.0.0.0"];
  await using server = await startServer({ dataFolder: folder.path, env, args });
  const send = senderTo(server.url.replace("0.0.0.0", "127.0.0.1"));
  const exp = Math.floor(Date.now() / 1000) + 600;
  const claims = { iss: issuer.url, aud: "logs", tenant: "game-1", scope: "logs:write", exp };
  expect((await send(bearer(await signer.sign(claims)))).status).toBe(201);
  const late = await signer.sign({ ...claims, exp: exp - 1200 });
  expect(await (await send(bearer(late))).json()).toMatchObject({
    code: "TOKEN_INVALID",
    detail: "the token has expired",
  });
  expect((await send("")).status).toBe(401);
  expect(server.log()).not.toContain("eyJ");
});
