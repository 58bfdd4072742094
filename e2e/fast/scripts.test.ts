import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { startServer } from "../harness/server.ts";

const script = (name: string) => fileURLToPath(new URL(`../../scripts/${name}`, import.meta.url));

it.each([
  ["test_ingest.sh", 7],
  ["test_read_recent.sh", 8],
])("%s passes its %d cases against the real server", async (name, cases) => {
  const dataFolder = await mkdtemp(join(tmpdir(), "log-service-"));
  try {
    await using server = await startServer({ dataFolder });
    const { stdout, status } = spawnSync("bash", [script(name), server.url], { encoding: "utf8" });
    expect(stdout.match(/^PASS /gm), stdout).toHaveLength(cases);
    expect(stdout).toContain(`${cases} passed, 0 failed`);
    expect(status).toBe(0);
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
});

it("the scripts say so when nobody answers", () => {
  const { stderr, status } = spawnSync("bash", [script("test_ingest.sh"), "http://127.0.0.1:9"], {
    encoding: "utf8",
  });
  expect(stderr).toContain("nobody answers at http://127.0.0.1:9/logs");
  expect(status).toBe(2);
});
