import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "packages/sdk");
const compiler = join(root, "node_modules/typescript/bin/tsc");

/** The types, with the names that the files have for whoever has no sources. */
const writeTypes = (folder) => {
  const args = [compiler, "-p", join(source, "tsconfig.build.json"), "--outDir", folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`the types of the SDK cannot be made:\n${stdout}${stderr}`);
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".d.ts"))) {
    const path = join(folder, name);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/(from ")(\.\/[\w.-]+)\.ts"/g, '$1$2.js"'));
  }
};

/** Builds the SDK as a package of its own, for browsers and Node: an ES module without dependencies, and its types. */
export const buildSdk = async (folder) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeTypes(folder);
  const bundle = join(folder, "index.js");
  await build({
    entryPoints: [join(source, "src/index.ts")],
    outfile: bundle,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });
  const { name, version, license, type, sideEffects } = JSON.parse(
    readFileSync(join(source, "package.json"), "utf8"),
  );
  const exports = { ".": { types: "./index.d.ts", default: "./index.js" } };
  const manifest = { name, version, license, type, sideEffects, exports };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const gzipped = gzipSync(readFileSync(bundle), { level: 9 }).length;
  console.log(`dist/sdk/index.js  ${statSync(bundle).size} bytes, ${gzipped} with gzip`);
};
