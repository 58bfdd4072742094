// Takes the pictures of the page in docs/images anew: `npm run screenshots`, or with the names of some. Needs Chromium.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findChromium, prepareBrowser } from "./browser.mjs";

const program = fileURLToPath(new URL("../e2e/page/screenshots.ts", import.meta.url));
const chromium = findChromium();
if (chromium === undefined) {
  console.error("screenshots: Chromium is not installed (apt install chromium, or CHROMIUM_PATH)");
  process.exitCode = 1;
} else {
  const env = await prepareBrowser(chromium);
  const args = [program, ...process.argv.slice(2)];
  process.exitCode = spawnSync("node", args, { stdio: "inherit", env }).status ?? 1;
}
