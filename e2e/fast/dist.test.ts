import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readAll } from "../harness/read-all.ts";
import { startServer } from "../harness/server.ts";

const buildScript = fileURLToPath(new URL("../../scripts/build.mjs", import.meta.url));

it("the built server takes single entries and large batches, and gives them back after a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "log-service-"));
  try {
    const built = spawnSync(process.execPath, [buildScript, "--out", folder], { encoding: "utf8" });
    expect(built.status, built.stderr).toBe(0);
    const options = {
      program: join(folder, "node/server.mjs"),
      dataFolder: join(folder, "data"),
      env: { LOG_SERVICE_ENCODE_WORKERS: "1" },
    };
    await using first = await startServer(options);
    const lines = Array.from({ length: 1500 }, (_, seq) =>
      JSON.stringify({ severity: "info", message: `a line of some length, number ${seq}` }),
    );
    for (const body of [lines.join("\n"), lines[0]]) {
      const headers = { "content-type": "application/x-ndjson" };
      const response = await fetch(`${first.url}/logs`, {
        method: "POST",
        headers,
        body: body ?? "",
      });
      expect(response.status).toBe(201);
    }
    await first.kill("SIGTERM");
    await using second = await startServer(options);
    expect(await readAll(second.url)).toHaveLength(1501);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
