import { spawnSync } from "node:child_process";
import { readFileSync, renameSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readAll } from "../harness/read-all.ts";
import { startServer } from "../harness/server.ts";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "log-service-"));
  const args = [path("scripts/build.mjs"), "--out", folder];
  const built = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(built.status, built.stderr).toBe(0);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const options = () => ({
  program: join(folder, "node/server.mjs"),
  dataFolder: join(folder, "data"),
  env: { LOG_SERVICE_ENCODE_WORKERS: "1" },
});

it("the built server takes single entries and large batches, and gives them back after a restart", async () => {
  await using first = await startServer(options());
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
  await using second = await startServer(options());
  expect(await readAll(second.url)).toHaveLength(1501);
});

it("the built server shows the page that was built with it", async () => {
  await using server = await startServer({ ...options(), dataFolder: join(folder, "page-data") });
  const html = await (await fetch(server.url)).text();
  const files = [...html.matchAll(/\/assets\/[^"]+/g)].map(([file]) => file);
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) expect((await fetch(`${server.url}${file}`)).status).toBe(200);
});

it("the hashes of what was built are right, and name all of it", () => {
  const checked = spawnSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
  expect(checked).toMatchObject({ status: 0, stderr: "" });
  for (const name of [
    "node/server.mjs",
    "lambda-ingest.zip",
    "lambda-read.zip",
    "lambda-maintenance.zip",
    "sdk/index.js",
  ])
    expect(checked.stdout).toContain(`${name}: OK`);
});

it("the built SDK does what the README shows, and has types", async () => {
  await using server = await startServer({ ...options(), dataFolder: join(folder, "sdk-data") });
  const readme = readFileSync(path("README.md"), "utf8");
  const snippet = /```js\n(import [^`]*@log-service\/sdk[^`]*)```/.exec(readme)?.[1] ?? "";
  const program = snippet.replace("http://127.0.0.1:3000", server.url);
  expect(program).toContain(server.url);
  const project = join(folder, "project");
  await mkdir(join(project, "node_modules/@log-service"), { recursive: true });
  renameSync(join(folder, "sdk"), join(project, "node_modules/@log-service/sdk"));
  await writeFile(join(project, "program.mjs"), program);
  const env = { ...process.env, LOG_API_KEY: "" };
  const ran = spawnSync(process.execPath, ["program.mjs"], { cwd: project, encoding: "utf8", env });
  expect(ran.stderr).toBe("");
  expect(ran.stdout).toMatch(/^\d{4}-\S+Z connection reset by peer\n$/);
  const wrong =
    '// @ts-expect-error: no such severity\nawait logs.ingest({ severity: "x", message: "m" });\n';
  const declared = "declare const process: { env: Record<string, string | undefined> };\n";
  await writeFile(join(project, "program.mts"), `${declared}${program}${wrong}`);
  const tsc = path("node_modules/typescript/bin/tsc");
  const flags = ["--noEmit", "--strict", "--module", "nodenext", "--types", "", "program.mts"];
  const checked = spawnSync(process.execPath, [tsc, ...flags], { cwd: project, encoding: "utf8" });
  expect(checked.stdout).toBe("");
});
