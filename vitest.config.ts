import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/{src,test}/**/*.test.ts",
      "bench/src/**/*.test.ts",
      "scripts/**/*.test.ts",
      "e2e/fast/**/*.test.ts",
    ],
    // Two busy cores make anything slow; what hangs is still found.
    // No module here keeps state, so that files can share a process: it halves the time.
    isolate: false,
    setupFiles: ["./scripts/repeatable-properties.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
