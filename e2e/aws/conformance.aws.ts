import { createDynamoStore } from "@log-service/stores/dynamodb";
import { afterAll, beforeAll } from "vitest";
import { describeConformance } from "../../packages/stores/src/conformance/index.ts";
import { type DynamoLocal, startDynamoLocal } from "../harness/aws/dynamodb-local.ts";

let dynamo: DynamoLocal;
let tables = 0;

beforeAll(async () => {
  dynamo = await startDynamoLocal();
});

afterAll(() => dynamo[Symbol.asyncDispose]());

/** Throttles each seventh request. */
const withTrouble = (): typeof fetch => {
  let requests = 0;
  return async (url, init) => {
    requests += 1;
    if (requests % 7 === 0) {
      const body = { __type: "com.amazonaws.dynamodb.v20120810#ThrottlingException", message: "" };
      return Response.json(body, { status: 400 });
    }
    return fetch(url, init);
  };
};

const open = async (send: typeof fetch) => {
  tables += 1;
  const table = `chunks-${tables}`;
  await dynamo.createTable(table, "B");
  let passed = 0;
  const now = () => Date.now() + passed;
  const create = () =>
    createDynamoStore({
      now,
      table,
      region: "eu-west-1",
      endpoint: dynamo.endpoint,
      credentials: () => ({ accessKeyId: "local", secretAccessKey: "local" }),
      fetch: send,
      attemptMs: 20_000,
      deadlineMs: 60_000,
    });
  const store = create();
  return {
    store,
    reopen: async () => create(),
    clock: {
      now,
      pass: (ms: number) => {
        passed += ms;
      },
    },
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await dynamo.call("DeleteTable", { TableName: table });
    },
  };
};

describeConformance("dynamodb, on DynamoDB Local", () => open(fetch), {
  isDurable: true,
  arrivals: "bounded",
  canReplace: false,
  canRewrite: true,
  modelRuns: 15,
});

describeConformance("dynamodb, on DynamoDB Local behind throttles", () => open(withTrouble()), {
  isDurable: true,
  arrivals: "bounded",
  canReplace: false,
  canRewrite: true,
  modelRuns: 5,
});
