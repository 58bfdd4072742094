// Builds what runs without the sources: dist/node (the server as four files: the server, its encoding thread, its
// scanning thread and the key tool; beside them the page) and the zips of the three functions for AWS, the page in that
// of the one that reads; SHA256SUMS of all. `--out FOLDER` builds elsewhere.
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { buildPage } from "./build-page.mjs";
import { buildSdk } from "./build-sdk.mjs";
import { withoutZod } from "./without-zod.mjs";
import { zip } from "./zip.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "dist") } } });

const hosts = join(root, "packages/api/src/hosts");

/** CommonJS dependencies ask for `require`, which an ES module does not have. */
const requireBanner =
  'import { createRequire as createRequireOfBundle } from "node:module"; const require = createRequireOfBundle(import.meta.url);';

const shared = {
  bundle: true,
  minify: true,
  platform: "node",
  format: "esm",
  target: "node24",
  mainFields: ["module", "main"],
  conditions: ["module"],
  outExtension: { ".js": ".mjs" },
  legalComments: "none",
  logLevel: "warning",
};

const kilobytes = (path) => `${(statSync(path).size / 1000).toFixed(1)} kB`;

const nodeFolder = join(values.out, "node");
rmSync(nodeFolder, { recursive: true, force: true });
mkdirSync(nodeFolder, { recursive: true });
await build({
  ...shared,
  banner: { js: requireBanner },
  entryPoints: {
    server: join(hosts, "node.ts"),
    worker: join(hosts, "encode/worker.ts"),
    "scan-worker": join(hosts, "scan/worker.ts"),
    keys: join(hosts, "keys.ts"),
  },
  outdir: nodeFolder,
});
writeFileSync(join(nodeFolder, "package.json"), `${JSON.stringify({ type: "module" })}\n`);
for (const name of ["server", "worker", "scan-worker", "keys"])
  console.log(`dist/node/${name}.mjs  ${kilobytes(join(nodeFolder, `${name}.mjs`))}`);

const pageFolder = join(nodeFolder, "page");
await buildPage(pageFolder);

/** The files of a folder, in the same order always, as paths from it. */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .toSorted();

/**
 * What checks tokens is a file of its own, which a function loads where an issuer is set: nobody else's cold start reads
 * it. Built alone it has its own copy of the little that it shares, which is why errors are recognised by name.
 */
const tokensApart = {
  name: "tokens-apart",
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/oidc\/index\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./oidc.mjs", external: true } : undefined,
    );
  },
};

const buildFunction = async (name, plugins, addFiles = (_folder) => undefined) => {
  const folder = join(values.out, name);
  rmSync(folder, { recursive: true, force: true });
  await build({
    ...shared,
    // Of zod's stand-in nothing may be used that is not there.
    logOverride: { "import-is-undefined": "error" },
    plugins: [...plugins, tokensApart],
    entryPoints: {
      index: join(hosts, `${name}.ts`),
      oidc: join(hosts, "../access/oidc/index.ts"),
    },
    outdir: folder,
  });
  addFiles(folder);
  const contents = filesIn(folder).map((file) => ({
    name: file,
    content: readFileSync(join(folder, file)),
  }));
  const path = join(values.out, `${name}.zip`);
  writeFileSync(path, zip(contents));
  const sizes = ["index.mjs", "oidc.mjs"]
    .map((file) => `${file} ${kilobytes(join(folder, file))}`)
    .join(", ");
  console.log(`dist/${name}.zip  ${kilobytes(path)} (${sizes} minified)`);
};

await buildFunction("lambda-ingest", [withoutZod]);
await buildFunction("lambda-maintenance", [withoutZod]);
await buildFunction("lambda-read", [], (folder) =>
  cpSync(pageFolder, join(folder, "page"), { recursive: true }),
);
await buildSdk(join(values.out, "sdk"));

// As `sha256sum -c` reads them. The same sources make the same bytes.
const inFolder = (name) => filesIn(join(values.out, name)).map((path) => `${name}/${path}`);
const functionZips = ["ingest", "read", "maintenance"].map((name) => `lambda-${name}.zip`);
const sums = [...inFolder("node"), ...inFolder("sdk"), ...functionZips].toSorted().map((path) => {
  const hash = createHash("sha256")
    .update(readFileSync(join(values.out, path)))
    .digest("hex");
  return `${hash}  ${path}\n`;
});
writeFileSync(join(values.out, "SHA256SUMS"), sums.join(""));
