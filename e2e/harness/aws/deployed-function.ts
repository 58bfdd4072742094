import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import type { DynamoLocal } from "./dynamodb-local.ts";
import { createFunctionProcess, type FreezableProcess } from "./function-process.ts";
import { serveFunctionUrl } from "./function-url.ts";
import type { LambdaEvents } from "./lambda-events.ts";
import { type Moto, region } from "./moto.ts";
import { type RecordingProxy, startRecordingProxy } from "./recording-proxy.ts";

const run = promisify(execFile);

export const functionNames = ["ingest", "read", "maintenance"] as const;

export type FunctionName = (typeof functionNames)[number];

/** What functions of an installation are run from. */
interface Installation {
  /** The folder of the packages that were deployed. */
  readonly packages: string;
  readonly moto: Moto;
  readonly dynamo: DynamoLocal;
  readonly lambdaEvents: LambdaEvents;
}

export interface DeployedFunction extends AsyncDisposable {
  readonly lambda: FreezableProcess;
  readonly proxy: RecordingProxy;
  readonly url: string;
}

interface FunctionConfiguration {
  readonly Configuration: {
    readonly CodeSha256: string;
    readonly Handler: string;
    readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
  };
}

interface UrlConfiguration {
  readonly Cors: {
    readonly AllowOrigins: readonly string[];
    readonly AllowMethods: readonly string[];
  };
}

/** Runs a function as it was deployed: its own package, its own environment, and DynamoDB Local for the tables. */
export const startDeployedFunction = async (
  { packages, moto, dynamo, lambdaEvents }: Installation,
  name: FunctionName,
  beforeCall?: (call: string) => Promise<void>,
): Promise<DeployedFunction> => {
  await using stack = new AsyncDisposableStack();
  const functionName = `log-service-${name}`;
  const path = `/2015-03-31/functions/${functionName}?Qualifier=live`;
  const { Configuration } = (await moto.get("lambda", path)) as FunctionConfiguration; // AWS's API
  const zip = join(packages, `lambda-${name}.zip`);
  // moto does not give the zip back: its hash tells that it is this one.
  const hash = createHash("sha256")
    .update(await readFile(zip))
    .digest("base64");
  expect(Configuration.CodeSha256).toBe(hash);
  expect(Configuration.Handler).toBe("index.handler");
  const unzipped = join(packages, `unzipped-${name}`);
  await run("python3", ["-m", "zipfile", "-e", zip, unzipped]);
  const urlPath = `/2021-10-31/functions/${functionName}/url?Qualifier=live`;
  const { Cors } = (await moto.get("lambda", urlPath)) as UrlConfiguration; // AWS's API
  const proxy = stack.use(await startRecordingProxy(dynamo.endpoint, beforeCall));
  const env = {
    ...Configuration.Environment.Variables,
    AWS_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_ACCESS_KEY_ID: "role",
    AWS_SECRET_ACCESS_KEY: "role",
    AWS_SESSION_TOKEN: "role",
    AWS_ENDPOINT_URL_DYNAMODB: proxy.url,
    AWS_ENDPOINT_URL_LAMBDA: lambdaEvents.url,
  };
  const lambda = stack.use(createFunctionProcess({ folder: unzipped, env }));
  const cors = { allowOrigins: Cors.AllowOrigins, allowMethods: Cors.AllowMethods };
  const { url } = stack.use(await serveFunctionUrl(lambda, cors));
  const moved = stack.move();
  return { lambda, proxy, url, [Symbol.asyncDispose]: () => moved.disposeAsync() };
};
