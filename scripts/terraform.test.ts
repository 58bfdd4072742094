import { describe, expect, it } from "vitest";
import { argumentOf, blocksOf, filesOf, textOf } from "./terraform-blocks.ts";

const modules = ["terraform/modules/log-service", "terraform/modules/edge"];
const roots = filesOf("terraform/examples", "main.tf").map((path) => path.replace("/main.tf", ""));
const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe.each(modules)("%s", (folder) => {
  const variables = blocksOf(folder).filter(({ kind }) => kind === "variable");
  const runs = blocksOf(`${folder}/tests`, ".tftest.hcl").map(({ body }) => body);

  it("has variables and runs of tests", () => {
    expect(variables.length).toBeGreaterThan(5);
    expect(runs.length).toBeGreaterThan(10);
  });

  it("refuses a wrong value for each validation", () => {
    const untested = variables.filter(({ name, body }) => {
      const refused = runs.filter((run) => run.includes(`expect_failures = [var.${name}]`));
      return refused.length < count(body, /^ {2}validation \{/gm);
    });
    expect(untested.map(({ name }) => name)).toEqual([]);
  });

  it("describes each variable and output, and types each variable", () => {
    const blocks = blocksOf(folder).filter(({ kind }) => ["variable", "output"].includes(kind));
    const bare = blocks.filter((block) => argumentOf(block, "description") === undefined);
    expect(bare.map(({ name }) => name)).toEqual([]);
    const untyped = variables.filter((block) => argumentOf(block, "type") === undefined);
    expect(untyped.map(({ name }) => name)).toEqual([]);
  });

  it("says in its README what each variable and output is", () => {
    const readme = textOf(`${folder}/README.md`);
    const blocks = blocksOf(folder).filter(({ kind }) => ["variable", "output"].includes(kind));
    expect(blocks.filter(({ name }) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

it("chunks expire by the attribute that the store writes", () => {
  const [, deletedBy] = /ttl_attribute = "(\w+)"/.exec(textOf(`${modules[0]}/dynamodb.tf`)) ?? [];
  const items = textOf("packages/stores/src/dynamodb/items.ts");
  const [, written] = /export const expiry = .*\n +(\w+): numberValue\(/.exec(items) ?? [];
  expect([deletedBy, written]).toEqual(["expiresAt", "expiresAt"]);
});

describe("all of terraform/", () => {
  const files = filesOf("terraform", ".tf");
  const texts = files.map(textOf);

  it("needs one provider, of one range of versions", () => {
    const versions = texts.flatMap((text) => [...text.matchAll(/^ +version += "(.*)"$/gm)]);
    expect(new Set(versions.map(([, version]) => version))).toEqual(new Set([">= 6.28, < 7.0"]));
    const sources = texts.flatMap((text) => [...text.matchAll(/^ +source += "([^.].*)"$/gm)]);
    expect(new Set(sources.map(([, source]) => source))).toEqual(new Set(["hashicorp/aws"]));
  });

  it("makes policies by jsonencode, which tests can read", () => {
    const documents = files.filter((path) => textOf(path).includes("aws_iam_policy_document"));
    expect(documents).toEqual([]);
  });

  it("never empties a bucket, nor leaves a log group behind", () => {
    const forced = files.filter((path) => /force_destroy += true|skip_destroy/.test(textOf(path)));
    expect(forced).toEqual([]);
  });

  it("has examples, each a root with a provider", () => {
    expect(roots.length).toBeGreaterThan(3);
    const without = roots.filter((folder) => !/^provider "aws"/m.test(textOf(`${folder}/main.tf`)));
    expect(without).toEqual([]);
  });
});
