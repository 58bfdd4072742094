// Builds the page into packages/ui/dist, with compressed copies beside its files. The same sources make the same bytes.
// `--if-stale` builds only where the sources have changed since, and never fails: the API works without the page.
// `--out FOLDER` builds elsewhere.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const stampName = ".built-from";

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

/** What the built page depends on. Its tests are no part of it. */
const sources = () => [
  ...["packages/ui/src", "packages/query/src", "packages/sdk/src"]
    .flatMap((folder) => filesIn(join(root, folder)))
    .filter((path) => !path.includes(".test.")),
  ...[
    "packages/ui/index.html",
    "packages/ui/package.json",
    "packages/ui/vite.config.ts",
    "package-lock.json",
    "scripts/build-page.mjs",
  ].map((path) => join(root, path)),
];

const hashOfSources = () => {
  const hash = createHash("sha256");
  for (const path of sources())
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update("\0");
  return hash.digest("hex");
};

/** Lays a copy beside each file for those who take it so; where it would not be smaller, none. */
const compress = (folder) => {
  for (const path of filesIn(folder)) {
    const plain = readFileSync(path);
    const copies = {
      ".br": brotliCompressSync(plain, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
      }),
      ".gz": gzipSync(plain, { level: 9 }),
    };
    for (const [ending, copy] of Object.entries(copies))
      if (copy.length < plain.length) writeFileSync(path + ending, copy);
  }
};

/** Builds the page beside a folder, and puts it in its place when all of it is there: nobody reads half of it. */
export const buildPage = async (folder = join(root, "packages/ui/dist")) => {
  const stamp = hashOfSources();
  // Whatever the machine works on otherwise: React's build for development is four times as large, and slower.
  process.env.NODE_ENV = "production";
  const { build } = await import("vite");
  const fresh = `${folder}.new-${process.pid}`;
  const former = `${fresh}.former`;
  mkdirSync(fresh, { recursive: true });
  try {
    await build({
      root: join(root, "packages/ui"),
      mode: "production",
      logLevel: "warn",
      build: { outDir: fresh, emptyOutDir: true },
    });
    compress(fresh);
    writeFileSync(join(fresh, stampName), stamp);
    if (existsSync(folder)) renameSync(folder, former);
    renameSync(fresh, folder);
  } finally {
    for (const left of [fresh, former]) rmSync(left, { recursive: true, force: true });
  }
};

const isFresh = (folder) => {
  const path = join(folder, stampName);
  return existsSync(path) && readFileSync(path, "utf8") === hashOfSources();
};

const main = async () => {
  const { values } = parseArgs({
    options: {
      out: { type: "string", default: join(root, "packages/ui/dist") },
      "if-stale": { type: "boolean", default: false },
    },
  });
  const folder = resolve(values.out);
  if (values["if-stale"] && isFresh(folder)) return;
  const startedAt = performance.now();
  try {
    await buildPage(folder);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.error(`page: built into ${relative(root, folder) || basename(folder)} in ${seconds} s`);
  } catch (error) {
    if (!values["if-stale"]) throw error;
    console.error(`page: it could not be built, and / may show an older one or none: ${error}`);
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
