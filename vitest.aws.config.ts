import { defineConfig } from "vitest/config";

// AWS on this machine, run by `npm run e2e:aws`. One file at a time, since each starts servers of its own.
export default defineConfig({
  test: {
    include: ["e2e/aws/*.aws.ts"],
    testTimeout: 10 * 60_000,
    hookTimeout: 10 * 60_000,
    expect: { poll: { timeout: 60_000 } },
    fileParallelism: false,
  },
});
