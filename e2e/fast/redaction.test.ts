import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createDataFolder } from "../harness/data-folder.ts";
import { runToExit, startServer } from "../harness/server.ts";

const secrets = ["alice@example.com", "203.0.113.77", "4111111111111111", "hunter2secret"];

const entry = (number: number) => ({
  severity: "info",
  message: `${secrets[0]} from ${secrets[1]} paid with ${secrets[2]}, number ${number}`,
  service: secrets[0],
  password: secrets[3],
  nested: { password: secrets[3], text: secrets[1] },
});

it("keeps nothing of what is redacted: not in the files, not in the log, not in an answer", async () => {
  await using folder = await createDataFolder();
  const env = {
    LOG_SERVICE_LOG_LEVEL: "debug",
    LOG_SERVICE_REDACT: "email=hash,ip=mask,card=drop,attributes.password=mask",
    LOG_SERVICE_REDACT_KEY: "a key of the test's own",
  };
  const said: string[] = [];
  {
    await using server = await startServer({ dataFolder: folder.path, env });
    const post = async (body: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(`${server.url}/logs?severity=info`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
      said.push(await response.text());
      return response.status;
    };
    expect(await post(entry(0))).toBe(201);
    // Large, and repeatable: each of them another way through the service.
    expect(await post(Array.from({ length: 1000 }, (_, number) => entry(number)))).toBe(201);
    expect(await post(entry(1), { "idempotency-key": "k" })).toBe(201);
    expect(await post(`${secrets.join(" ")}\n`, { "content-type": "text/plain" })).toBe(201);
    expect(await post({ ...entry(2), severity: secrets[0] })).toBe(400);
    expect(await post([{ ...entry(2), severity: secrets[2] }])).toBe(400);
    const answer = await fetch(`${server.url}/logs?limit=1000`);
    const found = await answer.text();
    expect(found).toContain("[ip]");
    expect(found).toMatch(/hash:[0-9a-f]{16}/);
    said.push(found);
    await server.kill("SIGTERM");
    said.push(server.log());
  }
  const files = await readdir(folder.path);
  const contents = await Promise.all(
    files.map((name) => readFile(join(folder.path, name), "latin1")),
  );
  const all = [...contents, ...said].join("\n");
  // What is in text lines has no name by which its password could be known.
  for (const secret of secrets.slice(0, 3)) expect(all).not.toContain(secret);
  expect(said.filter((text) => text.includes("attributes")).join()).not.toContain(
    '"hunter2secret"',
  );
});

it("does not start with a rule that it does not know, or without a key to hash with", async () => {
  const wrong = await runToExit([], { LOG_SERVICE_REDACT: "phone=mask,email=hash" });
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('"phone=mask" is no rule');
  expect(wrong.stderr).toContain("the key of hash has 0 characters");
});
