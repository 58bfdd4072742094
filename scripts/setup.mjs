// Makes a clone ready to run: installs the locked dependencies when the lockfile has changed since the last time,
// and checks that scripts will get a Node that can run TypeScript. Plain JavaScript: it runs on the machine's own
// Node, before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const stamp = join(modules, ".setup-stamp");
const lock = join(root, ".setup-lock");
const lockIsStaleAfterMs = 10 * 60_000;
const nodeNeeded = [24, 12];

const lockfileHash = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(`${process.platform}-${process.arch}`)
    .digest("hex");

const isReady = () => existsSync(stamp) && readFileSync(stamp, "utf8") === lockfileHash();

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Takes the lock: two installations at once in one folder both fail. */
const takeLock = () => {
  for (let waited = 0; ; waited++) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (waited === 0) console.error("setup: another set-up is running here; waiting for it");
    const started = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - started > lockIsStaleAfterMs) rmdirSync(lock);
    else sleep(250);
  }
};

/** The environment without node_modules on the PATH: npm must not run on the Node that it is about to delete. */
const plainEnvironment = () => {
  const env = { ...process.env };
  const path = (env.PATH ?? "").split(delimiter);
  env.PATH = path.filter((folder) => !folder.includes("node_modules")).join(delimiter);
  return env;
};

const install = () => {
  console.error("setup: installing the locked dependencies (npm ci)");
  const args = [
    "ci",
    // Nothing here needs to run what a package brings along for its installation.
    "--ignore-scripts",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const options = { cwd: root, stdio: ["ignore", 2, 2], env: plainEnvironment() };
  const isWindows = process.platform === "win32";
  const done = spawnSync("npm", args, { ...options, shell: isWindows });
  if (done.status !== 0) {
    console.error("setup: npm ci failed; its messages are above");
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, lockfileHash());
};

/** The Node that npm scripts will run on: the one in node_modules, else the machine's own. */
const checkNode = () => {
  const own = join(modules, ".bin", process.platform === "win32" ? "node.cmd" : "node");
  const node = existsSync(own) ? own : process.execPath;
  const printed = spawnSync(node, ["--version"], {
    encoding: "utf8",
    shell: node.endsWith(".cmd"),
  });
  const [major, minor] = (printed.stdout ?? "").replace("v", "").split(".").map(Number);
  if (major > nodeNeeded[0] || (major === nodeNeeded[0] && minor >= nodeNeeded[1])) return;
  console.error(
    `setup: scripts would run on Node ${printed.stdout?.trim() || "(none)"}; ` +
      `${nodeNeeded.join(".")} or newer is needed, and npm has no prebuilt one for ` +
      `${process.platform}-${process.arch}. Install Node 24 and run this again.`,
  );
  process.exit(1);
};

if (!isReady()) {
  takeLock();
  try {
    if (!isReady()) install();
  } finally {
    rmdirSync(lock);
  }
}
checkNode();
