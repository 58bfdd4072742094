import { describeConformance } from "../conformance/index.ts";
import { createDynamoStore } from "./dynamodb-store.ts";
import { createFakeDynamo } from "./test/fake-dynamodb.ts";
import { createTestClock, createTestOptions } from "./test/test-options.ts";

describeConformance(
  "dynamodb, on a fake",
  async () => {
    const { fetch, items } = createFakeDynamo();
    const clock = createTestClock();
    const { now } = clock;
    const open = () => createDynamoStore(createTestOptions({ fetch, now }));
    const store = open();
    return {
      store,
      reopen: async () => open(),
      clock,
      isHeld: (bytes) => {
        const all = JSON.stringify([...(items.get("chunks")?.values() ?? [])]);
        return all.includes(Buffer.from(bytes).toString("base64"));
      },
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    };
  },
  { isDurable: true, arrivals: "bounded", canReplace: false, canRewrite: true },
);
