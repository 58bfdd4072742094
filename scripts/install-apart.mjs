// Installs what is too heavy for the root from a folder of e2e with a lockfile of its own, once for each lockfile.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** `what` is told to who waits for it. Ends the process where it cannot be had. */
export const installApart = (name, what, { options = [], env = {} } = {}) => {
  const folder = join(root, "e2e", name);
  const stamp = join(folder, "node_modules/.setup-stamp");
  const hash = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  console.error(`installing ${what} (npm ci in e2e/${name})`);
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...options];
  const spawned = { cwd: folder, stdio: ["ignore", 2, 2], env: { ...process.env, ...env } };
  const { status } = spawnSync("npm", args, spawned);
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, hash);
};
