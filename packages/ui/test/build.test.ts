import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";

const script = fileURLToPath(new URL("../../../scripts/build-page.mjs", import.meta.url));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });

let parent: string;
let folder: string;

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "log-service-"));
  folder = join(parent, "page");
  const built = run("--out", folder);
  expect(built.status, built.stderr).toBe(0);
});

afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** What the page names, by the ending of its file: the entry, and what it imports before it runs. */
const named = (ending: string): readonly string[] => {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  return [...html.matchAll(/"\/(assets\/[^"]+)"/g)]
    .map(([, file = ""]) => file)
    .filter((file) => file.endsWith(ending));
};

it("loads 120 kB of script at most before it shows entries, compressed as most take it", () => {
  const bytes = named(".js").map((file) => statSync(join(folder, `${file}.gz`)).size);
  const sum = bytes.reduce((total, one) => total + one, 0);
  expect(sum).toBeGreaterThan(20_000);
  expect(sum).toBeLessThanOrEqual(120_000);
});

it("is the build for production, and keeps to what its security policy allows", () => {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\bon\w+=|https?:|data:/);
  const files = [...named(".js"), ...named(".css")].map((file) =>
    readFileSync(join(folder, file), "utf8"),
  );
  for (const text of files)
    expect(text).not.toMatch(/react-dom\.development|url\(["']?(data|http)/);
});

it("has copies that hold what their file does", () => {
  for (const file of ["index.html", ...named(".js"), ...named(".css")]) {
    const plain = readFileSync(join(folder, file));
    expect(brotliDecompressSync(readFileSync(join(folder, `${file}.br`))).equals(plain)).toBe(true);
    expect(gunzipSync(readFileSync(join(folder, `${file}.gz`))).equals(plain)).toBe(true);
  }
});

it("is built anew by a start only where it was built from other sources", () => {
  const before = statSync(join(folder, "index.html")).mtimeMs;
  expect(run("--if-stale", "--out", folder)).toMatchObject({ status: 0, stderr: "" });
  expect(statSync(join(folder, "index.html")).mtimeMs).toBe(before);
  writeFileSync(join(folder, ".built-from"), "others");
  expect(run("--if-stale", "--out", folder).stderr).toContain("page: built into");
});

it("lets a start go on where it cannot be built, and says so", () => {
  const wrong = join(folder, "index.html", "page");
  const started = run("--if-stale", "--out", wrong);
  expect([started.status, started.stderr]).toEqual([
    0,
    expect.stringContaining("could not be built"),
  ]);
  expect(run("--out", wrong).status).not.toBe(0);
});
