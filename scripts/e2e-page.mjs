// The page in headless Chromium against the real server: `npm run e2e:page`, or `npm run e2e:page -- FILE` for one file.
// Needs Chromium (apt install chromium, or CHROMIUM_PATH). Where it is missing that is said, and is a failure with CI=true.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findChromium, prepareBrowser } from "./browser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

const run = (env, command, ...args) =>
  spawnSync(command, args, { cwd: root, stdio: "inherit", env }).status ?? 1;

const chromium = findChromium();
if (chromium === undefined) {
  console.log("LEFT OUT the page in a browser: Chromium is not installed");
  if (process.env.CI === "true") {
    console.log("nothing may be left out in CI");
    process.exitCode = 1;
  }
} else {
  const env = await prepareBrowser(chromium);
  // Their types come with the driver, so that `npm run check` cannot see them.
  process.exitCode =
    run(env, "tsc", "-b", "e2e/page") ||
    run(env, "vitest", "run", "--config", "vitest.page.config.ts", ...process.argv.slice(2));
}
