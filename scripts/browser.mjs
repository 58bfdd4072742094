// What needs a browser: Debian's Chromium, driven by playwright-core, which is installed apart.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { buildPage } from "./build-page.mjs";
import { installApart } from "./install-apart.mjs";

const isProgram = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Where Chromium is: as CHROMIUM_PATH says, else as it is usually called; undefined where there is none. */
export const findChromium = (env = process.env) => {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
  const folders = ["/usr/bin", ...(env.PATH ?? "").split(delimiter)];
  const names = ["chromium", "chromium-browser", "google-chrome"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
};

/** Installs the driver and builds the page; returns the environment that programs with a browser run in. */
export const prepareBrowser = async (chromium) => {
  installApart("page", "what drives a browser", { options: ["--ignore-scripts"] });
  await buildPage();
  return { ...process.env, CHROMIUM_PATH: chromium };
};
