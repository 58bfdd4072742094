import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { erase, erasure } from "@log-service/contract";
import type { LogService, Usage } from "@log-service/core/service";
import { createDynamoErasures, createDynamoStore } from "@log-service/stores/dynamodb";
import { handler as eraseHandler } from "../routes/erase/handler.ts";
import { handler as erasureHandler } from "../routes/erasure/handler.ts";
import { lambdaConfigOf } from "./lambda/config.ts";
import { createErasing, type EraseEvent, isEraseEvent } from "./lambda/erasing.ts";
import type { FunctionUrlEvent } from "./lambda/event.ts";
import { createBufferedHandler, createParts, type LambdaContext } from "./lambda/function.ts";
import { createInvoke, qualifierOf } from "./lambda/invoke.ts";

const config = lambdaConfigOf(process.env);
const parts = createParts(config, process.env);
const { now, log, metrics, connection } = parts;
const { table, region, functionName } = config;

const invoke = createInvoke({
  region,
  functionName,
  endpoint: config.lambdaEndpoint,
  credentials: connection.credentials,
  now,
});
/** The alias that serves: what the function invokes must be the same version. */
let qualifier: string | undefined;

const erasing = createErasing({
  store: createDynamoStore({ ...connection, table }),
  records: createDynamoErasures({ ...connection, table }),
  now,
  newId: randomUUID,
  wait: (ms, signal) => wait(ms, undefined, { signal }),
  log,
  metrics,
  invoke: (event) => invoke(event, qualifier),
});

/** Neither of its routes asks for the service or for usage, nor may its role count any. */
const notHere = {} as LogService & Usage;

const serve = createBufferedHandler(
  parts,
  { service: notHere, usage: notHere, erasures: erasing.requests },
  [
    { ...erase, handler: eraseHandler },
    { ...erasure, handler: erasureHandler },
  ],
);

export const handler = async (event: FunctionUrlEvent | EraseEvent, context: LambdaContext) => {
  qualifier = qualifierOf(context.invokedFunctionArn);
  if (!isEraseEvent(event)) return await serve(event, context);
  const leftMs = context.getRemainingTimeInMillis();
  try {
    await erasing.work(event, { requestId: context.awsRequestId, leftMs });
  } finally {
    parts.counts.endInvocation();
  }
  return undefined;
};
