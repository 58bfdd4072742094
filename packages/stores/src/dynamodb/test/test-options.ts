import type { TestClock } from "../../conformance/index.ts";
import type { DynamoStoreOptions } from "../dynamodb-writer.ts";

/** A store's options in which nothing waits: delays pass on a clock of the test's own. */
export const createTestOptions = (
  changes: Partial<DynamoStoreOptions> = {},
): DynamoStoreOptions & { readonly waits: number[] } => {
  let uptime = 0;
  const waits: number[] = [];
  return {
    table: "chunks",
    region: "eu-west-1",
    endpoint: "http://dynamodb.test",
    credentials: () => ({ accessKeyId: "id", secretAccessKey: "secret" }),
    now: () => Date.UTC(2026, 10, 22, 9) + uptime,
    uptimeMs: () => uptime,
    random: () => 0.5,
    wait: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
      uptime += ms;
    },
    waits,
    ...changes,
  };
};

/** A clock that stands still until it is told to go on. */
export const createTestClock = (): TestClock => {
  let time = Date.UTC(2026, 10, 22, 9);
  return {
    now: () => time,
    pass: (ms) => {
      time += ms;
    },
  };
};
