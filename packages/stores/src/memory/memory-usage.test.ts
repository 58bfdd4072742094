import { describeUsageStore } from "../conformance/usage-cases.ts";
import { createMemoryUsage } from "./memory-usage.ts";

describeUsageStore("memory", async () => ({
  store: createMemoryUsage(),
  [Symbol.asyncDispose]: async () => undefined,
}));
