import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A folder of programs, and one without any. */
let programs: string;
let nothing: string;

/** A program that notes its arguments, and ends well. */
const addProgram = (name: string, text: string): void => {
  const path = join(programs, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
};

beforeAll(() => {
  programs = mkdtempSync(join(tmpdir(), "log-service-programs-"));
  nothing = mkdtempSync(join(tmpdir(), "log-service-nothing-"));
  addProgram("terraform", `echo "$@" >> "${programs}/calls"`);
});

afterAll(() => {
  for (const folder of [programs, nothing]) rmSync(folder, { recursive: true });
});

interface Outcome {
  readonly status: number | null;
  readonly stderr: string;
}

const run = (script: string, env: Record<string, string>, ...args: readonly string[]): Outcome => {
  const all = [`scripts/${script}.mjs`, "--yes", ...args];
  return spawnSync(process.execPath, all, { cwd: root, encoding: "utf8", env });
};

const keys = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" };

describe.each(["deploy", "destroy"])("npm run %s", (script) => {
  it("says where to get Terraform where there is none", () => {
    const { status, stderr } = run(script, { PATH: nothing, AWS_REGION: "eu-west-1", ...keys });
    expect(status).toBe(1);
    expect(stderr).toContain("Terraform is not installed: https://developer.hashicorp.com/");
    expect(stderr).toContain("1.11");
  });

  it("says how to name a Region", () => {
    const { status, stderr } = run(script, { PATH: programs, ...keys });
    expect(status).toBe(1);
    expect(stderr).toBe("there is no AWS Region\nset AWS_REGION, as in AWS_REGION=eu-west-1\n");
  });

  it.each([
    ["none", {}],
    ["one of two", { AWS_ACCESS_KEY_ID: "id" }],
    ["a profile without the AWS command line", { AWS_PROFILE: "studio" }],
  ])("says what credentials it takes, with %s", (_, given) => {
    const env = { PATH: programs, AWS_REGION: "eu-west-1", ...given };
    const { status, stderr } = run(script, env);
    expect(status).toBe(1);
    expect(stderr).toContain("there are no AWS credentials\nset AWS_ACCESS_KEY_ID and");
    expect(stderr).toContain("AWS_PROFILE with the AWS command line installed");
  });

  it("names a folder that holds no configuration", () => {
    const env = { PATH: programs, AWS_REGION: "eu-west-1", ...keys };
    const { status, stderr } = run(script, env, "--root", "docs");
    expect(status).toBe(1);
    expect(stderr).toContain("there is no Terraform configuration in ");
    expect(stderr).toContain("/docs\n");
  });

  it("shows its usage for an option that it does not know", () => {
    const { status, stderr } = run(script, { PATH: programs, ...keys }, "--regoin", "eu-west-1");
    expect(status).toBe(1);
    expect(stderr).toContain("'--regoin'");
    expect(stderr).toContain(`usage: npm run ${script} -- [--root `);
  });

  it("has changed nothing before all of that is there", () => {
    const calls = readFileSync(join(programs, "calls"), "utf8");
    expect(new Set(calls.trim().split("\n"))).toEqual(new Set(["version"]));
  });
});
