import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

const entry = fileURLToPath(new URL("../src/index.ts", import.meta.url));

/** Bytes after minifying and gzip of what a page ships that imports these names. */
const shippedBytes = async (names: string): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents: `export ${names} from ${JSON.stringify(entry)}`, resolveDir: "." },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
};

test("all of it is 14 kB at most", async () => {
  const bytes = await shippedBytes("*");
  expect(bytes).toBeGreaterThan(5000);
  expect(bytes).toBeLessThanOrEqual(14_000);
});

test("an editor that parses, prints and colours takes 11 kB at most", async () => {
  const bytes = await shippedBytes("{ parse, print, tokenize }");
  expect(bytes).toBeGreaterThan(5000);
  expect(bytes).toBeLessThanOrEqual(11_000);
});
