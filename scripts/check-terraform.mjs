// Checks terraform/: the format of every file, then `init`, `validate` and, where there are tests, `test` of every
// module and root. No AWS account is needed: the tests mock the provider. Where terraform or its registry is missing,
// says what was left out, which is a failure with CI=true. TERRAFORM_RUNNER names a program to run instead of
// terraform, as `$TERRAFORM_RUNNER FOLDER init|validate|test ...`. Arguments choose folders.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const runner = process.env.TERRAFORM_RUNNER;
const isCi = process.env.CI === "true";
const chosen = process.argv.slice(2).map((folder) => relative(root, resolve(folder)));

const files = readdirSync(join(root, "terraform"), { recursive: true })
  .map((path) => join("terraform", path))
  .filter((path) => !path.includes(".terraform"));
const foldersWith = (ending) =>
  new Set(files.filter((path) => path.endsWith(ending)).map((path) => dirname(path)));
const tested = new Set([...foldersWith(".tftest.hcl")].map((folder) => dirname(folder)));
const folders = [...foldersWith(".tf")].toSorted();

const env = { ...process.env, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };

/** Runs a program to its end, and returns its status (undefined if it is not there) and what it printed. */
const run = (command, args) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return {
    status: error === undefined ? status : undefined,
    text: `${stdout ?? ""}${stderr ?? ""}`,
  };
};

const terraformIn = (folder, action, ...options) =>
  runner === undefined
    ? run("terraform", [`-chdir=${folder}`, action, ...options])
    : run(runner, [join(root, folder), action, ...options]);

const leftOut = [];
let failed = 0;

const report = (name, { status, text }, note = "") => {
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name}${note}`);
  if (status === 0) return;
  failed += 1;
  console.log(text);
};

/** What `terraform init` says when it cannot get the provider: nothing about our files. */
const isOffline = (text) =>
  /could not connect to registry|failed to query available provider|error accessing remote module registry/i.test(
    text,
  );

const checkFolder = (folder) => {
  // A backend needs credentials; without it the rest of the folder can be checked all the same.
  const init = terraformIn(folder, "init", "-backend=false", "-input=false", "-no-color");
  if (init.status !== 0 && isOffline(init.text)) {
    leftOut.push(`${folder} (no provider: the registry cannot be reached)`);
    return;
  }
  if (init.status !== 0) {
    report(`${folder}: init`, init);
    return;
  }
  report(`${folder}: validate`, terraformIn(folder, "validate", "-no-color"));
  if (!tested.has(folder)) return;
  const test = terraformIn(folder, "test", "-no-color");
  const counted = /(\d+) passed, (\d+) failed/.exec(test.text)?.[0] ?? "";
  report(`${folder}: test`, test, ` (${counted})`);
};

const { status: version } = run("terraform", ["version"]);
if (version === undefined) {
  leftOut.push(
    "everything: terraform is not installed (https://developer.hashicorp.com/terraform/install)",
  );
} else {
  report("terraform: fmt", run("terraform", ["fmt", "-check", "-diff", "-recursive", "terraform"]));
  for (const folder of folders)
    if (chosen.length === 0 || chosen.includes(folder)) checkFolder(folder);
}

for (const what of leftOut) console.log(`LEFT OUT ${what}`);
if (failed > 0)
  console.log(`${failed} checks failed; terraform fmt -recursive terraform mends the format`);
if (leftOut.length > 0 && isCi) console.log("nothing may be left out in CI");
process.exitCode = failed > 0 || (leftOut.length > 0 && isCi) ? 1 : 0;
