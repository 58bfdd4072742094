import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");
const glob = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: ["**/node_modules/**", "**/dist/**"] }).toSorted();

type Versions = Readonly<Record<string, string>>;

const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

describe.each(glob("{,**/}package.json"))("%s", (path) => {
  it("names one version of each dependency: no range, no tag, no address", () => {
    const manifest: Readonly<Record<string, Versions | undefined>> = JSON.parse(read(path));
    const versions = kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}));
    expect(versions.filter(([, version]) => !exact.test(version))).toEqual([]);
  });
});

interface Locked {
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

describe.each(glob("{,**/}package-lock.json"))("%s", (path) => {
  const { packages } = JSON.parse(read(path)) as { packages: Readonly<Record<string, Locked>> };
  const installed = Object.entries(packages).filter(
    ([place, { link, inBundle }]) => place.includes("node_modules/") && !link && !inBundle,
  );

  it("has the SHA-512 of each package, and none from elsewhere than the registry", () => {
    expect(installed.length).toBeGreaterThan(0);
    expect(installed.filter(([, one]) => !one.integrity?.startsWith("sha512-"))).toEqual([]);
    expect(installed.filter(([, { resolved = "" }]) => /git|^http:/.test(resolved))).toEqual([]);
  });
});

it("what is installed at the root runs no script of a package", () => {
  expect(read("scripts/setup.mjs")).toContain('"--ignore-scripts"');
});

describe.each(glob(".github/workflows/*.yml"))("%s", (path) => {
  const text = read(path);

  it("names each action by the hash of a commit, with its version beside it", () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/.test(action ?? ""))).toEqual(
      [],
    );
  });

  it("has no rights but to read, gives none to what it checks out, and runs nothing with the rights of another", () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(text.match(/actions\/checkout@/g)).toHaveLength(
      text.match(/persist-credentials: false/g)?.length ?? 0,
    );
    expect(text).not.toMatch(/pull_request_target|: write|\$\{\{ *github\.event\./);
  });

  it("looks for known holes, and for packages that their registry has not signed", () => {
    expect(text).toContain("npm audit --audit-level=high");
    expect(text).toContain("npm audit signatures");
  });
});

describe("SECURITY.md", () => {
  const rows = read("SECURITY.md")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (threat|---)/.test(line));

  it("names for each threat what holds the defence, and all of it is there", () => {
    expect(rows.length).toBeGreaterThan(20);
    const named = rows.map((row) => [...(row.split(" | ")[2] ?? "").matchAll(/`([^`]+)`/g)]);
    expect(rows.filter((_, index) => named[index]?.length === 0)).toEqual([]);
    const paths = named.flat().map(([, path]) => path ?? "");
    expect(paths.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
    expect(
      paths.filter((path) => !/\.(test|long|aws)\.ts$|\.tftest\.hcl$|\/conformance$/.test(path)),
    ).toEqual([]);
  });
});
