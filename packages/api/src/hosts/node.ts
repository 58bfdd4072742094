#!/usr/bin/env node
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { limits } from "@log-service/core";
import { openSqliteStore } from "@log-service/stores/sqlite";
import { createOpenStreams } from "../access/open-streams.ts";
import { createApp } from "../app.ts";
import { createLog } from "../log.ts";
import { createBodyBudget } from "../middleware/body-budget.ts";
import { createDecoderTurns } from "../middleware/inflate.ts";
import { parseConfig, settings } from "./config.ts";
import { createEncodePool } from "./encode/pool.ts";
import { openNodeAccess } from "./node/access.ts";
import { openNodeErasures } from "./node/erasures.ts";
import { fail } from "./node/fail.ts";
import { listen } from "./node/listen.ts";
import { createNodeMaintenance } from "./node/maintenance.ts";
import { createNodeService } from "./node/service.ts";
import { openNodeUsage } from "./node/usage.ts";
import { welcome } from "./node/welcome.ts";
import { openPage } from "./page-folder.ts";
import { createPrometheusMetrics } from "./prometheus.ts";
import { createScanPool } from "./scan/pool.ts";
import { warnOfUnknown } from "./unknown-settings.ts";

const parsed = parseConfig(process.env, process.argv.slice(2));
const config = parsed.config ?? fail(...parsed.problems);
const now = Date.now;
const log = createLog(config.logLevel, (line) => process.stderr.write(`${line}\n`), now);
warnOfUnknown(
  process.env,
  settings.map(({ name }) => name),
  log,
);
const dataFolder = resolve(config.dataFolder);
await using shutdown = new AsyncDisposableStack();
const doors = shutdown.use(await openNodeAccess({ config, folder: dataFolder, log }));
const { access } = doors;
const store = shutdown.use(await openSqliteStore({ folder: dataFolder, log }).catch(fail));
const usage = shutdown.use(openNodeUsage({ folder: dataFolder, log, now }));
const pool = shutdown.use(createEncodePool(config.encodeWorkers));
const scanPool =
  config.scanWorkers > 0 ? shutdown.use(createScanPool(config.scanWorkers)) : undefined;
const bodyBudget = createBodyBudget(config.bodyBytesInFlight);
const metrics = createPrometheusMetrics({
  bodyBytesInFlight: () => bodyBudget.bytesInFlight,
  diskBytes: () => store.diskBytes(),
});
const service = shutdown.use(
  createNodeService({ config, store, pool, scanPool, metrics, usage, log }),
);
shutdown.use(createNodeMaintenance({ config, store, metrics, log }));
const erasures = shutdown.use(openNodeErasures({ folder: dataFolder, store, metrics, log }));
const stopping = new AbortController();
const app = createApp(
  {
    service,
    access,
    quotas: doors.createQuotas(usage),
    openStream: createOpenStreams(config.keyStreams),
    usage,
    erasures,
    log,
    metrics,
    now,
    uptimeMs: () => performance.now(),
    newRequestId: randomUUID,
    bodyBudget,
    decoderTurns: createDecoderTurns(),
    bodyBytesMax: limits.bodyBytes.value,
    stopping: stopping.signal,
    cors: "app",
  },
  openPage(),
);
const server = shutdown.use(await listen(app, config, log, () => stopping.abort()).catch(fail));
process.stdout.write(
  welcome({ address: server.address, dataFolder, isOpen: await access.isOpen() }),
);
log.info("listening", { address: server.address, dataFolder });
await server.stopped;
log.info("stopped");
