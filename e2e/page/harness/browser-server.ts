import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the browser listens that all tests share. */
    readonly browserEndpoint: string;
  }
}

/** What a test must not depend on: how a machine draws fonts and colours. */
const chromiumFlags = ["--font-render-hinting=none", "--force-color-profile=srgb", "--disable-gpu"];

export const launchOptions = () => ({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: chromiumFlags,
});

/** Starts one browser for all files; each test has a profile of its own in it. */
export const setup = async (project: TestProject) => {
  const server = await chromium.launchServer(launchOptions());
  project.provide("browserEndpoint", server.wsEndpoint());
  return () => server.close();
};
