import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const script = fileURLToPath(new URL("../../scripts/build.mjs", import.meta.url));

it("the same sources are built into the same bytes", async () => {
  const parent = await mkdtemp(join(tmpdir(), "log-service-"));
  const build = async (name: string): Promise<readonly string[]> => {
    const folder = join(parent, name);
    const built = spawnSync(process.execPath, [script, "--out", folder], { encoding: "utf8" });
    expect(built.status, built.stderr).toBe(0);
    return (await readFile(join(folder, "SHA256SUMS"), "utf8")).split("\n");
  };
  const [first, second] = [await build("first"), await build("second")];
  const zips = ["ingest", "read", "maintenance"].map((name) => `lambda-${name}.zip`);
  for (const zip of zips) expect(first.filter((line) => line.endsWith(zip))).toHaveLength(1);
  expect(second).toEqual(first);
  await rm(parent, { recursive: true, force: true });
});
