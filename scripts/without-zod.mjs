// Leaves zod out of a bundle in which nothing is checked by a schema: the contract's schemas describe the API there, and
// bodies and parameters have parsers of their own. It is a fifth of the ingest function.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const fromContract = createRequire(
  fileURLToPath(new URL("../packages/contract/package.json", import.meta.url)),
);

/** Whatever is called on it or asked of it is itself again; but it refuses to check anything. */
const inert = `const inert = new Proxy(() => inert, {
  get: (_, name) => {
    if (/parse|decode|encode/i.test(String(name))) throw new Error("zod is not in this bundle");
    return inert;
  },
});`;

/** An esbuild plugin. */
export const withoutZod = {
  name: "without-zod",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^zod/ }, ({ path }) => ({ path, namespace: "inert", sideEffects: false }));
    onLoad({ filter: /.*/, namespace: "inert" }, ({ path }) => {
      const names = Object.keys(fromContract(path)).filter((name) => !/parse/i.test(name));
      return { contents: `${inert}\nexport { ${names.map((name) => `inert as ${name}`)} };` };
    });
  },
};
