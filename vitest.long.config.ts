import { defineConfig } from "vitest/config";

// The long tests: kills, power cuts, the long fuzz. One at a time, since each starts servers of its own.
export default defineConfig({
  test: {
    include: ["{packages,bench,e2e}/**/*.long.ts"],
    setupFiles: ["./scripts/repeatable-properties.ts"],
    testTimeout: 30 * 60_000,
    hookTimeout: 10 * 60_000,
    expect: { poll: { timeout: 60_000 } },
    fileParallelism: false,
  },
});
