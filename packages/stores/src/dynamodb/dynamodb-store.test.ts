import { describeConformance } from "../conformance/index.ts";
import { createDynamoStore } from "./dynamodb-store.ts";
import { createFakeDynamo } from "./test/fake-dynamodb.ts";
import { createTestOptions } from "./test/test-options.ts";

describeConformance(
  "dynamodb, on a fake",
  async () => {
    const { fetch } = createFakeDynamo();
    const open = () => createDynamoStore(createTestOptions({ fetch }));
    const store = open();
    return {
      store,
      reopen: async () => open(),
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    };
  },
  { isDurable: true },
);
