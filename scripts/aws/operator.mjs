// What deploying and destroying share: the working folder, the operator's credentials, and running programs.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export const fail = (...lines) => {
  for (const line of lines) console.error(line);
  process.exit(1);
};

/** Runs a program in the open; ends with its status when it fails. */
export const run = (command, args, options = {}) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (error) fail(`${command} cannot be run: ${error.message}`);
  if (status !== 0) fail(`failed: ${command} ${args.join(" ")}`);
};

/** Runs a program and returns what it printed; undefined when it failed. */
export const output = (command, args, options = {}) => {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: "utf8", ...options });
  return status === 0 ? stdout : undefined;
};

/**
 * The operator's credentials as environment variables: those that are set, or what the AWS command line makes of a
 * profile, a role or a single sign-on.
 */
const credentials = () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) return {};
  const exported = output("aws", ["configure", "export-credentials", "--format", "process"]);
  if (exported === undefined)
    fail(
      "there are no AWS credentials",
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE with the AWS command line installed (aws sso login)",
    );
  const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(exported);
  return {
    AWS_ACCESS_KEY_ID: AccessKeyId,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey,
    ...(SessionToken && { AWS_SESSION_TOKEN: SessionToken }),
  };
};

const regionOf = () => {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const region =
    AWS_REGION || AWS_DEFAULT_REGION || output("aws", ["configure", "get", "region"])?.trim();
  return region || fail("there is no AWS Region", "set AWS_REGION, as in AWS_REGION=eu-west-1");
};

/** Checks everything that is needed before anything is changed, and returns how to run Terraform in a folder. */
export const openInstallation = (folder) => {
  const path = resolve(root, folder);
  if (!existsSync(join(path, "main.tf"))) fail(`there is no Terraform configuration in ${path}`);
  if (output("terraform", ["version"]) === undefined)
    fail(
      "Terraform is not installed: https://developer.hashicorp.com/terraform/install",
      "version 1.11 or newer is needed",
    );
  const env = { ...process.env, AWS_REGION: regionOf(), ...credentials() };
  const plugins = env.TERRAFORM_PLUGINS;
  const options = { cwd: path, env };
  return {
    env,
    init: () => {
      const from = plugins ? [`-plugin-dir=${plugins}`] : [];
      run("terraform", ["init", "-input=false", ...from], options);
    },
    terraform: (...args) => run("terraform", args, options),
    outputs: () => {
      const printed = output("terraform", ["output", "-json"], options);
      if (printed === undefined) fail("terraform output failed");
      const outputs = Object.entries(JSON.parse(printed));
      return Object.fromEntries(outputs.map(([name, { value }]) => [name, value]));
    },
  };
};
