import { context, get, health, openapi, ready, search } from "@log-service/contract";
import { LogServiceError } from "@log-service/core";
import { createLogService } from "@log-service/core/service";
import { createDynamoStore } from "@log-service/stores/dynamodb";
import { handlers } from "../routes/index.ts";
import { lambdaConfigOf } from "./lambda/config.ts";
import { createFunctionHandler, createParts } from "./lambda/function.ts";

const config = lambdaConfigOf(process.env);
const parts = createParts(config, process.env);
const { now, metrics } = parts;

/** No route of this function stores, nor may its role write. */
const notHere = () => {
  throw new LogServiceError("INTERNAL", "the read function does not store");
};

const service = createLogService({
  store: createDynamoStore({ ...parts.connection, table: config.table }),
  now,
  nextSeed: notHere,
  encode: notHere,
  nextTurn: () => Promise.resolve(),
  retention: {
    ms: config.retentionDays * 86_400_000,
    setting: `LOG_SERVICE_RETENTION_DAYS=${config.retentionDays}`,
  },
  searchBudget: { timeMs: config.searchTimeMs, bytes: config.searchBytes },
  observer: metrics,
});

const searchRoute = { ...search, handler: handlers.search };

export const handler = createFunctionHandler(parts, service, [
  searchRoute,
  { ...searchRoute, path: "/" },
  { ...get, handler: handlers.get },
  { ...context, handler: handlers.context },
  { ...health, handler: handlers.health },
  { ...ready, handler: handlers.ready },
  { ...openapi, handler: handlers.openapi },
]);
