import { search } from "@log-service/contract";
import { LogServiceError } from "@log-service/core";
import { createLogService, createUsage } from "@log-service/core/service";
import { createDynamoStore, createDynamoUsage } from "@log-service/stores/dynamodb";
import { appRoutes } from "../app.ts";
import { createPageRoutes, shareRoot } from "../page/routes.ts";
import { lambdaConfigOf } from "./lambda/config.ts";
import { createFunctionHandler, createParts } from "./lambda/function.ts";
import { openPage } from "./page-folder.ts";

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

/** What reads, and what anyone may ask. */
const routes = appRoutes.filter(({ scope }) => scope === "read" || scope === "none");

const usageStore = createDynamoUsage({ ...parts.connection, table: config.table });
const usage = createUsage({ store: usageStore, now });

export const handler = createFunctionHandler(parts, { service, usage }, [
  ...routes,
  ...shareRoot(
    createPageRoutes(openPage()),
    routes.filter(({ operationId }) => operationId === search.operationId),
  ),
]);
