// Everything that can be checked without running the code. All steps run, so that one run shows all that is wrong.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const isWindows = process.platform === "win32";

const steps = [
  ["lint and format", "biome", "check", "--error-on-warnings"],
  ["types", "tsc", "-b"],
  ["unused files, exports and dependencies", "knip", "--no-progress"],
  ["generated references", "node", "scripts/generate.ts", "--check"],
];

let failed = 0;
for (const [name, command, ...args] of steps) {
  const startedAt = performance.now();
  const options = { cwd: root, encoding: "utf8", shell: isWindows };
  const { status, stdout, stderr, error } = spawnSync(command, args, options);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed += 1;
  console.log(`${error?.message ?? ""}${stdout ?? ""}${stderr ?? ""}`);
}
if (failed > 0) {
  console.log(
    `${failed} of ${steps.length} checks failed; npm run fix mends format and references`,
  );
  process.exitCode = 1;
}
