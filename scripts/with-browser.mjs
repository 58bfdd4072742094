// Runs a program that drives a browser: `node scripts/with-browser.mjs PROGRAM [ARGUMENT...]`. It gets Chromium's path in
// CHROMIUM_PATH, the driver installed and the page built. Ends with 3 where there is no Chromium.
import { spawnSync } from "node:child_process";
import { findChromium, prepareBrowser } from "./browser.mjs";

const chromium = findChromium();
if (chromium === undefined) {
  console.error("Chromium is not installed (apt install chromium, or CHROMIUM_PATH)");
  process.exitCode = 3;
} else {
  const env = await prepareBrowser(chromium);
  const run = spawnSync("node", process.argv.slice(2), { stdio: "inherit", env });
  process.exitCode = run.status ?? 1;
}
