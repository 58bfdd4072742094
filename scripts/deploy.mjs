// Puts the service on AWS: builds, applies Terraform, creates the first API key, prints the addresses and tests them.
// Running it again upgrades; a key is created only where there is none.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fail, openInstallation, output, root, run } from "./aws/operator.mjs";

const usage = `usage: npm run deploy -- [--root terraform/examples/minimal] [--var name=value]... [--yes] [--skip-tests]

  --root        the Terraform configuration to apply
  --var         goes on to Terraform
  --tenant      the tenant of the first key, default
  --yes         applies without asking
  --skip-tests  does not run scripts/test_ingest.sh and test_read_recent.sh against the new addresses`;

const parse = () => {
  try {
    return parseArgs({
      options: {
        root: { type: "string", default: "terraform/examples/minimal" },
        var: { type: "string", multiple: true, default: [] },
        tenant: { type: "string", default: "default" },
        yes: { type: "boolean", default: false },
        "skip-tests": { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return fail(error.message, usage);
  }
};

const options = parse();
const installation = openInstallation(options.root);
const variables = options.var.map((one) => `-var=${one}`);

console.log("== build");
run("node", ["scripts/build.mjs"]);
console.log("== terraform");
installation.init();
const approval = options.yes ? ["-auto-approve", "-input=false"] : [];
installation.terraform("apply", ...approval, ...variables);
const outputs = installation.outputs();

const keysTool = ["packages/api/src/hosts/keys.ts"];
const table = ["--aws-table", outputs.keys_table_name];
const inAccount = { env: installation.env };

/** The tool prints a table with a row for each key, and the words "(index)" above it. */
const hasKeys = () => {
  const listed = output("node", [...keysTool, "list", ...table], inAccount);
  if (listed === undefined) fail("the keys' table cannot be read with these credentials");
  return listed.includes("ingest") || listed.includes("read");
};

const createKey = (...args) => {
  const created = output("node", [...keysTool, "create", ...table, ...args], inAccount);
  return created?.trim() || fail("the API key could not be created");
};

const isFirst = !hasKeys();
const key = isFirst
  ? createKey("--tenant", options.tenant, "--scope", "ingest,read")
  : process.env.LOG_API_KEY;

console.log(`
  send  ${outputs.ingest_url}
  read  ${outputs.read_url}/logs${outputs.admin_url ? `\n  erase ${outputs.admin_url}/erasures` : ""}
`);
if (isFirst)
  console.log(`  key   ${key}

  Keep the key: it is not stored and cannot be shown again. It belongs to the tenant ${options.tenant}.

  curl ${outputs.ingest_url} -H 'content-type: application/json' -H "authorization: Bearer $LOG_API_KEY" \\
    -d '{"severity":"info","message":"hello from AWS"}'
`);

if (options["skip-tests"]) process.exit();
if (!key) {
  console.log(
    "  not tested: there are keys already; set LOG_API_KEY to one of them to test the addresses",
  );
  process.exit();
}
console.log("== test");
let failed = 0;
for (const script of ["test_ingest.sh", "test_read_recent.sh"]) {
  const args = [join("scripts", script), outputs.ingest_url, outputs.read_url];
  const env = { ...process.env, LOG_API_KEY: key };
  if (spawnSync("bash", args, { cwd: root, stdio: "inherit", env }).status !== 0) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
