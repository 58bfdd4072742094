// Builds what runs without the sources: dist/node (the server as three files: the server, its encoding thread and the
// key tool). `--out FOLDER` builds elsewhere.
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

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
  banner: { js: requireBanner },
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
  entryPoints: {
    server: join(hosts, "node.ts"),
    worker: join(hosts, "encode/worker.ts"),
    keys: join(hosts, "keys.ts"),
  },
  outdir: nodeFolder,
});
writeFileSync(join(nodeFolder, "package.json"), `${JSON.stringify({ type: "module" })}\n`);
for (const name of ["server", "worker", "keys"])
  console.log(`dist/node/${name}.mjs  ${kilobytes(join(nodeFolder, `${name}.mjs`))}`);
