#!/usr/bin/env node
import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import { limits } from "@log-service/core";
import { openSqliteStore } from "@log-service/stores/sqlite";
import { createAccess } from "../access/access.ts";
import { openKeyFile } from "../access/key-file.ts";
import { createApp } from "../app.ts";
import { createLog } from "../log.ts";
import { createBodyBudget } from "../middleware/body-budget.ts";
import { createDecoderTurns } from "../middleware/inflate.ts";
import { parseConfig } from "./config.ts";
import { createEncodePool } from "./encode/pool.ts";
import { fail } from "./node/fail.ts";
import { isLoopback, listen } from "./node/listen.ts";
import { createNodeService } from "./node/service.ts";
import { welcome } from "./node/welcome.ts";
import { createPrometheusMetrics } from "./prometheus.ts";

const parsed = parseConfig(process.env, process.argv.slice(2));
const config = parsed.config ?? fail(...parsed.problems);
const now = Date.now;
const log = createLog(config.logLevel, (line) => process.stderr.write(`${line}\n`), now);
const dataFolder = resolve(config.dataFolder);
const keys = openKeyFile(join(dataFolder, "keys.json"), now);
const isOpenWithoutKeys = isLoopback(config.host);
if (!isOpenWithoutKeys && (await keys.isEmpty()))
  fail(
    `without an API key the server listens on loopback only, and the address is ${config.host}`,
    `create one first: npm run keys -- create --data ${config.dataFolder} --tenant default --scope ingest,read`,
  );
await using shutdown = new AsyncDisposableStack();
const store = shutdown.use(await openSqliteStore({ folder: dataFolder, log }).catch(fail));
const pool = shutdown.use(createEncodePool(config.encodeWorkers));
const bodyBudget = createBodyBudget(config.bodyBytesInFlight);
const metrics = createPrometheusMetrics({
  bodyBytesInFlight: () => bodyBudget.bytesInFlight,
  diskBytes: () => store.diskBytes(),
});
const service = shutdown.use(createNodeService({ config, store, pool, metrics, log }));
const app = createApp({
  service,
  access: createAccess({ keys, now, isOpenWithoutKeys }),
  log,
  metrics,
  now,
  uptimeMs: () => performance.now(),
  newRequestId: randomUUID,
  bodyBudget,
  decoderTurns: createDecoderTurns(),
  bodyBytesMax: limits.bodyBytes.value,
  cors: "app",
});
const server = shutdown.use(await listen(app, config, log).catch(fail));
process.stdout.write(
  welcome({ address: server.address, dataFolder, isOpen: await keys.isEmpty() }),
);
log.info("listening", { address: server.address, dataFolder });
await server.stopped;
log.info("stopped");
