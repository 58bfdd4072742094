import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readAll } from "../harness/read-all.ts";
import { startServer } from "../harness/server.ts";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));

const senders = [
  ["bash", "bash", "bash/send.sh"],
  ["python", "python3", "python/send.py"],
  ["node", "node", "node/send.mjs"],
  ["java", "java", "java/Send.java"],
] as const;

const isInstalled = ([, program]: (typeof senders)[number]) =>
  spawnSync(program, ["--version"]).status === 0;

const missing = senders.filter((one) => !isInstalled(one)).map(([language]) => language);
if (missing.length > 0)
  console.warn(`LEFT OUT: the senders in ${missing.join(", ")}: not installed here`);

it("every language of the examples is installed where CI runs", () => {
  expect(process.env.CI ? missing : []).toEqual([]);
});

it.each(senders.filter(isInstalled))(
  "the sender in %s stores its batch",
  async (_, program, file) => {
    const dataFolder = await mkdtemp(join(tmpdir(), "log-service-"));
    try {
      await using server = await startServer({ dataFolder });
      const env = { ...process.env, LOG_URL: `${server.url}/logs`, LOG_API_KEY: "" };
      const sent = spawnSync(program, [join(examples, file)], { encoding: "utf8", env });
      expect(sent.stderr).toBe("");
      expect(JSON.parse(sent.stdout)).toEqual({ accepted: 2, rejectedCount: 0, rejected: [] });
      expect(await readAll(server.url)).toHaveLength(2);
    } finally {
      await rm(dataFolder, { recursive: true, force: true });
    }
  },
);
