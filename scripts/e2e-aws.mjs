// AWS on this machine: the DynamoDB store on Amazon's own emulator, the functions under Lambda's own runtime client, then
// the whole journey of an operator. Needs Java, Terraform and moto (pip install "moto[server]"), and cmake and a C++
// compiler to build the runtime client. Terraform's provider comes from the folder TERRAFORM_PLUGINS, if it is set, or
// from Terraform's registry. What is missing is named and left out, which is a failure with CI=true.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installApart } from "./install-apart.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

const runs = (command, ...args) =>
  spawnSync(command, args, { stdio: "ignore" }).error === undefined;

/** Where the machine's own Node has its headers; without them the compiler's tool fetches some from nodejs.org. */
const headers = ["/usr", "/usr/local"].find((prefix) =>
  existsSync(join(prefix, "include/node/node_api.h")),
);

const missing = [
  ["java", "-version"],
  ["terraform", "version"],
  ["moto_server", "--help"],
  ["curl", "--version"],
  ["openssl", "version"],
  ["cmake", "--version"],
  ["make", "--version"],
  ["g++", "--version"],
]
  .filter(([command, ...args]) => !runs(command, ...args))
  .map(([command]) => command);

const isMissing = (...commands) => commands.some((command) => missing.includes(command));
const files = [
  ...(isMissing("java")
    ? []
    : ["access.aws.ts", "conformance.aws.ts", "cost.aws.ts", "usage.aws.ts"]),
  ...(isMissing("java", "curl", "cmake", "make", "g++") ? [] : ["runtime.aws.ts"]),
  ...(isMissing("java", "curl", "openssl", "terraform", "moto_server")
    ? []
    : ["deploy.aws.ts", "apply.aws.ts", "guide.aws.ts"]),
];
for (const command of missing) console.log(`LEFT OUT what needs ${command}: it is not installed`);

if (files.length > 0) {
  installApart("aws", "DynamoDB Local", { options: ["--ignore-scripts"] });
  if (files.includes("runtime.aws.ts"))
    installApart("runtime", "Lambda's runtime client, which takes a minute or two to compile", {
      env: headers ? { npm_config_nodedir: headers } : {},
    });
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
