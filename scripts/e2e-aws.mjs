// AWS on this machine: the DynamoDB store on Amazon's own emulator, then the whole journey of an operator. Needs Java,
// Terraform and moto (pip install "moto[server]"). The provider comes from the folder TERRAFORM_PLUGINS, if it is set,
// or from Terraform's registry. What is missing is named and left out, which is a failure with CI=true.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "e2e/aws");
const modules = join(folder, "node_modules");
const stamp = join(modules, ".setup-stamp");

const runs = (command, ...args) =>
  spawnSync(command, args, { stdio: "ignore" }).error === undefined;

const hashOfLockfile = () =>
  createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");

/** Installs the emulator, which is too heavy for the root: 350 MB. */
const install = () => {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hashOfLockfile()) return;
  console.error("e2e:aws: installing DynamoDB Local (npm ci in e2e/aws)");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", args, { cwd: folder, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, hashOfLockfile());
};

const missing = [
  ["java", "-version"],
  ["terraform", "version"],
  ["moto_server", "--help"],
  ["curl", "--version"],
]
  .filter(([command, ...args]) => !runs(command, ...args))
  .map(([command]) => command);

const isMissing = (...commands) => commands.some((command) => missing.includes(command));
const files = [
  ...(isMissing("java") ? [] : ["conformance.aws.ts", "cost.aws.ts"]),
  ...(missing.length > 0 ? [] : ["deploy.aws.ts"]),
];
for (const command of missing) console.log(`LEFT OUT what needs ${command}: it is not installed`);

if (files.length > 0) {
  install();
  const args = [
    "run",
    "--config",
    "vitest.aws.config.ts",
    ...files.map((file) => `e2e/aws/${file}`),
  ];
  const { status } = spawnSync("vitest", args, { cwd: root, stdio: "inherit" });
  process.exitCode = status ?? 1;
}
if (missing.length > 0 && process.env.CI === "true") {
  console.log("nothing may be left out in CI");
  process.exitCode = 1;
}
