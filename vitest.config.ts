import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/{src,test}/**/*.test.ts",
      "bench/src/**/*.test.ts",
      "scripts/**/*.test.ts",
      "e2e/fast/**/*.test.ts",
    ],
    testTimeout: 30_000,
  },
});
