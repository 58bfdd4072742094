import { randomBytes } from "node:crypto";
import { ingestRequest } from "@log-service/contract";
import {
  createIngestService,
  createSeeds,
  encodeBatch,
  type LogService,
} from "@log-service/core/service";
import { createDynamoStore } from "@log-service/stores/dynamodb";
import { handler as ingestHandler } from "../routes/ingest/handler.ts";
import { lambdaConfigOf } from "./lambda/config.ts";
import { createFunctionHandler, createParts } from "./lambda/function.ts";

const config = lambdaConfigOf(process.env);
const parts = createParts(config, process.env);
const { now, metrics } = parts;
const retention = {
  ms: config.retentionDays * 86_400_000,
  setting: `LOG_SERVICE_RETENTION_DAYS=${config.retentionDays}`,
};

const service = createIngestService({
  store: createDynamoStore({
    ...parts.connection,
    table: config.table,
    retentionMs: retention.ms,
  }),
  now,
  nextSeed: createSeeds(now, () => randomBytes(6).readUIntBE(0, 6) % 2 ** 42),
  encode: async (task) => encodeBatch(task),
  // An environment serves one request at a time: nobody else's is there to wait for.
  nextTurn: () => Promise.resolve(),
  retention,
  observer: metrics,
});

const route = { ...ingestRequest, handler: ingestHandler };

// The one route of this function asks its service for nothing but `ingest`, nor may its role read.
export const handler = createFunctionHandler(parts, service as LogService, [
  route,
  { ...route, path: "/" },
]);
