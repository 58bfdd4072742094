import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";
import { startProgram } from "./program.ts";

/** Amazon's own emulator, from the npm package that carries it; `e2e/aws` has a lockfile of its own. */
const emulator = fileURLToPath(
  new URL("../../aws/node_modules/amplify-dynamodb-simulator/emulator/", import.meta.url),
);

export interface DynamoLocal extends AsyncDisposable {
  readonly endpoint: string;
  /** Makes a table like that of the Terraform module. */
  createTable(name: string, sortKey?: "B"): Promise<void>;
  call(action: string, input: object): Promise<unknown>;
}

/** What the emulator asks for; it checks nothing of it. */
const headers = (action: string) => ({
  "content-type": "application/x-amz-json-1.0",
  "x-amz-target": `DynamoDB_20120810.${action}`,
  authorization:
    "AWS4-HMAC-SHA256 Credential=local/20261122/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
});

export const startDynamoLocal = async (): Promise<DynamoLocal> => {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const call = async (action: string, input: object): Promise<unknown> => {
    const init = { method: "POST", headers: headers(action), body: JSON.stringify(input) };
    const response = await fetch(endpoint, init);
    const answer = await response.json();
    if (!response.ok) throw new Error(`${action}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const jar = ["-Xmx512m", "-Djava.library.path=./DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar"];
  const program = await startProgram(
    "java",
    [...jar, "-inMemory", "-sharedDb", "-port", String(port)],
    { cwd: emulator, env: { DDB_LOCAL_TELEMETRY: "0" }, probe: () => call("ListTables", {}) },
  );
  return {
    endpoint,
    call,
    createTable: async (TableName, sortKey) => {
      const names = [["pk", "S", "HASH"], ...(sortKey ? [["sk", sortKey, "RANGE"]] : [])];
      await call("CreateTable", {
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: names.map(([AttributeName, AttributeType]) => ({
          AttributeName,
          AttributeType,
        })),
        KeySchema: names.map(([AttributeName, , KeyType]) => ({ AttributeName, KeyType })),
      });
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
};
