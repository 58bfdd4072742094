import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the key tool, as `npm run keys -- ...` does. */
export const runKeys = (dataFolder: string, ...args: string[]) => {
  const command = ["packages/api/src/hosts/keys.ts", ...args, "--data", dataFolder];
  return spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
};

/** Makes a key and returns its text. */
export const createKey = (dataFolder: string, scope: string, tenant = "default"): string =>
  runKeys(dataFolder, "create", "--tenant", tenant, "--scope", scope).stdout.trim();
