import { ingestRequest } from "@log-service/contract";
import { createIngestService, encodeBatch, type LogService } from "@log-service/core/service";
import { createDynamoUsage, createDynamoWriter } from "@log-service/stores/dynamodb";
import { createQuotas } from "../access/quotas.ts";
import { handler as ingestHandler } from "../routes/ingest/handler.ts";
import { lambdaConfigOf } from "./lambda/config.ts";
import { createFunctionHandler, createParts } from "./lambda/function.ts";
import { createLambdaUsage } from "./lambda/usage.ts";
import { createRandomSeeds } from "./seeds.ts";

const config = lambdaConfigOf(process.env);
const parts = createParts(config, process.env);
const { now, metrics, log, connection } = parts;
const { table, limits } = config;
const retention = {
  ms: config.retentionDays * 86_400_000,
  setting: `LOG_SERVICE_RETENTION_DAYS=${config.retentionDays}`,
};

const usage = createLambdaUsage({ store: createDynamoUsage({ ...connection, table }), now, log });

const service = createIngestService({
  store: createDynamoWriter({
    ...connection,
    table,
    retentionMs: retention.ms,
    observer: {
      ...connection.observer,
      onCapacity: (report) => {
        connection.observer?.onCapacity?.(report);
        usage.onUnits(report.units);
      },
    },
  }),
  now,
  nextSeed: createRandomSeeds(now),
  encode: async (task) => encodeBatch(task),
  // An environment serves one request at a time: nobody else's is there to wait for.
  nextTurn: () => Promise.resolve(),
  retention,
  redaction: config.redaction,
  observer: {
    ...metrics,
    onIngest: (report) => {
      metrics.onIngest(report);
      usage.count(report);
    },
  },
});

const { budget, endInvocation } = usage;
const quotas = createQuotas({ limits, budget, now, uptimeMs: () => performance.now() });

const route = { ...ingestRequest, handler: ingestHandler };

export const handler = createFunctionHandler(
  parts,
  // The one route of this function asks its service for nothing but `ingest`, nor may its role read.
  { service: service as LogService, usage, quotas, endInvocation },
  [route, { ...route, path: "/" }],
);
