import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readAll } from "../harness/read-all.ts";
import { installedSenders, missingLanguages } from "../harness/senders.ts";
import { startServer } from "../harness/server.ts";

if (missingLanguages.length > 0)
  console.warn(`LEFT OUT: the senders in ${missingLanguages.join(", ")}: not installed here`);

it("every language of the examples is installed where CI runs", () => {
  expect(process.env.CI ? missingLanguages : []).toEqual([]);
});

it.each(installedSenders)("the sender in $language stores its batch", async ({ program, path }) => {
  const dataFolder = await mkdtemp(join(tmpdir(), "log-service-"));
  try {
    await using server = await startServer({ dataFolder });
    const env = { ...process.env, LOG_URL: `${server.url}/logs`, LOG_API_KEY: "" };
    const sent = spawnSync(program, [path], { encoding: "utf8", env });
    expect(sent.stderr).toBe("");
    expect(JSON.parse(sent.stdout)).toEqual({ accepted: 2, rejectedCount: 0, rejected: [] });
    expect(await readAll(server.url)).toHaveLength(2);
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
});
