import { globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { errorsByStatus, routes, version } from "@log-service/contract";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

const glob = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: ["**/node_modules/**", "**/dist/**"] })
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted();

const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

const sources = glob("{packages,bench,e2e,scripts}/**/*.{ts,tsx,mjs}");
const tests = sources.filter((path) => /\.(test|long|page)\.ts$/.test(path));
const packages = glob("packages/*/package.json").map(dirname);

describe("the sources", () => {
  it("are found", () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(tests.length).toBeGreaterThan(10);
  });

  it("have names that say what is in them", () => {
    const vague = /(^|[/.-])(utils?|helpers?|common|managers?|misc)([/.-]|$)/;
    expect(sources.filter((path) => vague.test(path))).toEqual([]);
  });

  it("have at most 300 lines where Biome does not count them", () => {
    const files = glob("terraform/**/*.{tf,hcl}").filter((path) => !path.includes(".terraform/"));
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter((path) => read(path).trimEnd().split("\n").length > 300)).toEqual([]);
  });

  it("say so where they are generated, and are made anew by `npm run fix`", () => {
    // Nobody reads or edits them, so that their lines are not counted.
    const generated = sources.filter((path) => path.endsWith(".generated.ts"));
    expect(generated.length).toBeGreaterThan(0);
    const maker = read("scripts/generate.ts");
    const alien = generated.filter(
      (path) => !read(path).startsWith("// Made from") || !maker.includes(`"${path}"`),
    );
    expect(alien).toEqual([]);
  });

  it("have an entrance in each package", () => {
    // The page is opened, not imported.
    const entrances = (path: string) => [`${path}/src/index.ts`, `${path}/src/main.tsx`];
    const closed = packages.filter((path) => !entrances(path).some((one) => sources.includes(one)));
    expect(closed).toEqual([]);
  });
});

it("all packages have the version that the API tells", () => {
  const manifests = ["package.json", ...packages.map((path) => `${path}/package.json`)];
  const versions = manifests.map((path) => JSON.parse(read(path)).version);
  expect(new Set(versions)).toEqual(new Set([version]));
});

it("no test is left out, or alone", () => {
  const leftOut = /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|skip|skipIf|todo)\b/;
  expect(tests.filter((path) => leftOut.test(read(path)))).toEqual([]);
});

it("a test that runs only where a machine allows it says elsewhere what it leaves out", () => {
  const conditional = tests.filter((path) => /\bdescribe\.runIf\b/.test(read(path)));
  expect(conditional.length).toBeGreaterThan(0);
  expect(conditional.filter((path) => !/LEFT OUT|canTrace\("/.test(read(path)))).toEqual([]);
});

describe.each(glob("ARCHITECTURE.md"))("%s", (path) => {
  const text = read(path);

  it("has at most 200 lines", () => {
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(200);
  });

  it("names every package", () => {
    expect(packages.filter((folder) => !text.includes(basename(folder)))).toEqual([]);
  });
});

describe.each(routes.map((route) => [route.operationId, route] as const))(
  "the route %s",
  (name, route) => {
    const folder = `packages/api/src/routes/${name}`;
    const statuses = Object.keys(route.responses).map(Number);
    const refused = [...errorsByStatus(route).keys()].filter((status) => status < 500);

    it("has a handler", () => {
      expect(sources).toContain(`${folder}/handler.ts`);
    });

    it.each([...statuses, ...refused.filter((status) => status === 400)])(
      "has a test of its %d",
      (status) => {
        expect(sources).toContain(`${folder}/${status}.test.ts`);
      },
    );
  },
);

describe("the contract in a browser", () => {
  const bundle = async (contents: string) => {
    const stdin = { contents, resolveDir: `${root}packages/contract/src` };
    const options = { bundle: true, write: false, minify: true, format: "esm" } as const;
    const { outputFiles } = await build({ ...options, stdin, platform: "browser" });
    return outputFiles[0]?.contents.length ?? 0;
  };

  // esbuild fails where anything of Node is imported.
  it("needs nothing of Node, and stays within 120 kB", async () => {
    const bytes = await bundle('export * from "./index.ts"');
    expect(bytes).toBeLessThan(120_000);
  });
});
