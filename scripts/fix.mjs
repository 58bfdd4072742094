// Mends what can be mended without thinking: the generated references, the format, and what the linter can fix.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const cwd = fileURLToPath(new URL("..", import.meta.url));
const shell = process.platform === "win32";

const steps = [
  ["node", "scripts/generate.ts"],
  ["biome", "check", "--write"],
];

for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, { cwd, shell, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
