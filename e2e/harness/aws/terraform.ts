import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { region } from "./moto.ts";

const source = fileURLToPath(new URL("../../../terraform", import.meta.url));

/** The provider talks to moto; what it would ask of AWS beforehand is left out. */
const override = `provider "aws" {
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true
}
`;

/** A resource of the state, as `terraform show -json` tells it. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Terraform extends AsyncDisposable {
  /** The working copy of the example. */
  readonly root: string;
  /** What Terraform is run with. */
  readonly env: NodeJS.ProcessEnv;
  run(...args: readonly string[]): Promise<string>;
  outputs(): Promise<Readonly<Record<string, unknown>>>;
  resources(): Promise<readonly Resource[]>;
  /** What an apply would change now, as in `aws_lambda_function.read: logging_config`; what follows from it is left out. */
  changes(variables: readonly string[]): Promise<readonly string[]>;
}

interface Change {
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
  };
}

const describeChange = ({ type, name, change }: Change): string[] => {
  const { actions, before, after, after_unknown: unknown } = change;
  if (actions.includes("delete") || actions.includes("create"))
    return [`${type}.${name}: ${actions.join(", ")}`];
  if (before === null || after === null) return [];
  const isChanged = (key: string) => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  return Object.keys(after)
    .filter((key) => isChanged(key) && unknown[key] !== true)
    .map((key) => `${type}.${name}: ${key}`);
};

interface Module {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly Module[];
}

const resourcesIn = (module: Module | undefined): Resource[] => [
  ...(module?.resources ?? []),
  ...(module?.child_modules ?? []).flatMap(resourcesIn),
];

/** The provider's version in a folder of plugins; undefined where the registry is to be asked. */
const versionIn = async (plugins: string | undefined): Promise<string | undefined> => {
  if (plugins === undefined) return undefined;
  const folder = join(plugins, "registry.terraform.io/hashicorp/aws");
  return (await readdir(folder)).toSorted().at(-1);
};

/** A provider older than 6.28 knows neither the module's version constraint nor `invoked_via_function_url`. */
const lower = async (folder: string): Promise<void> => {
  const files = await readdir(folder, { recursive: true });
  for (const file of files.filter((name) => name.endsWith(".tf"))) {
    const path = join(folder, file);
    const text = await readFile(path, "utf8");
    const lowered = text
      .replaceAll(/^[^\n]*\binvoked_via_function_url\b[^\n]*\n/gm, "")
      .replaceAll(/(\baws\s*=\s*\{[^}]*?version\s*=\s*")[^"]*/g, "$1>= 5.100");
    await writeFile(path, lowered);
  }
};

/** What is lowered or left out on this machine; the real runtime where the provider knows it. */
const runtimeFor = (version: string | undefined): string =>
  version?.startsWith("5.") ? "nodejs22.x" : "nodejs24.x";

/** A working copy of `terraform/`, initialised in one of its examples, whose provider talks to `endpoint`. */
export const openTerraform = async (
  example: string,
  endpoint: string,
): Promise<Terraform & { readonly runtime: string }> => {
  const folder = await mkdtemp(join(tmpdir(), "log-service-terraform-"));
  const filter = (path: string) => !/\.terraform\b|tfstate/.test(path);
  await cp(source, folder, { recursive: true, filter });
  const { TERRAFORM_PLUGINS: plugins } = process.env;
  const version = await versionIn(plugins);
  if (version?.startsWith("5.")) await lower(folder);
  const root = join(folder, "examples", example);
  await writeFile(join(root, "zz_override.tf"), override);
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: region,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
  const run = async (...args: readonly string[]): Promise<string> => {
    const options = { cwd: root, env, maxBuffer: 64 * 1024 * 1024, timeout: 4 * 60_000 };
    const { stdout } = await promisify(execFile)("terraform", args, options);
    return stdout;
  };
  const from = plugins === undefined ? [] : [`-plugin-dir=${plugins}`];
  await run("init", "-input=false", "-no-color", ...from);
  return {
    root,
    env,
    run,
    runtime: runtimeFor(version),
    outputs: async () => {
      const outputs: Record<string, { value: unknown }> = JSON.parse(await run("output", "-json"));
      return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    },
    resources: async () => {
      const state: { values?: { root_module?: Module } } = JSON.parse(await run("show", "-json"));
      return resourcesIn(state.values?.root_module);
    },
    changes: async (variables) => {
      await run("plan", "-input=false", "-no-color", "-out=again.tfplan", ...variables);
      const plan: { resource_changes: readonly Change[] } = JSON.parse(
        await run("show", "-json", "again.tfplan"),
      );
      return plan.resource_changes.flatMap(describeChange);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
};
