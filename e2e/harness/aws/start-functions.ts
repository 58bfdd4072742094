import { join } from "node:path";
import type { KeyRecord } from "../../../packages/api/src/access/api-key.ts";
import { toKeyItem } from "../../../packages/api/src/hosts/lambda/key-table.ts";
import {
  createFakeDynamo,
  type FakeDynamo,
} from "../../../packages/stores/src/dynamodb/test/fake-dynamodb.ts";
import { createFunctionProcess, type FunctionProcess } from "./function-process.ts";
import { serveFunctionUrl } from "./function-url.ts";
import { startLambdaEvents } from "./lambda-events.ts";
import { serveFetch } from "./serve-fetch.ts";

interface Options {
  /** Where the bundles are. */
  readonly folder: string;
  readonly keys: readonly KeyRecord[];
  readonly settings?: Readonly<Record<string, string>>;
}

/** The functions, as they were built, on a table in memory. */
export const startFunctions = async ({ folder, keys, settings }: Options) => {
  const stack = new AsyncDisposableStack();
  const fake: FakeDynamo = createFakeDynamo();
  const served = stack.use(await serveFetch((url, init) => fake.fetch(`http://local${url}`, init)));
  const events = stack.use(await startLambdaEvents());
  const env = {
    AWS_ENDPOINT_URL_LAMBDA: events.url,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "id",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL_DYNAMODB: served.url,
    LOG_SERVICE_TABLE: "chunks",
    LOG_SERVICE_KEYS_TABLE: "keys",
    LOG_SERVICE_RETENTION_DAYS: "30",
    ...settings,
  };
  for (const record of keys)
    await fake.fetch("http://local", {
      headers: { "x-amz-target": "DynamoDB_20120810.PutItem", authorization: "test" },
      body: JSON.stringify({ TableName: "keys", Item: toKeyItem(record) }),
    });
  fake.actions.length = 0;
  const serve = async (name: string): Promise<{ url: string; lambda: FunctionProcess }> => {
    const own = { ...env, AWS_LAMBDA_FUNCTION_NAME: `logs-${name}` };
    const lambda = createFunctionProcess({ folder: join(folder, `lambda-${name}`), env: own });
    stack.use(lambda);
    const cors = { allowOrigins: ["*"], allowMethods: ["POST"] };
    const { url } = stack.use(await serveFunctionUrl(lambda, cors));
    return { url, lambda };
  };
  const [ingest, read] = [await serve("ingest"), await serve("read")];
  const maintenance = await serve("maintenance");
  events.to(maintenance.lambda);
  return {
    fake,
    ingest,
    read,
    maintenance,
    events,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
};
