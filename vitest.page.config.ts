import { defineConfig } from "vitest/config";

// The page in a browser, run by `npm run e2e:page`. All files share one Chromium; each test has a server of its own.
export default defineConfig({
  test: {
    include: ["e2e/page/*.page.ts"],
    globalSetup: ["e2e/page/harness/browser-server.ts"],
    // Each has a browser's work besides its own.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
