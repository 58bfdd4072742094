import { limits, pageBytesMax } from "@log-service/core/limits";
import { createDynamoClient, type DynamoObserver } from "@log-service/stores/dynamodb";
import { createAccess } from "../../access/access.ts";
import { type AppRoute, createAppOf } from "../../app-of.ts";
import type { AppDeps } from "../../handler.ts";
import { createLog, type Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import { createBodyBudget } from "../../middleware/body-budget.ts";
import { createDecoderTurns } from "../../middleware/inflate.ts";
import { createTokens } from "../tokens.ts";
import { credentialsIn, type LambdaConfig } from "./config.ts";
import { createEmbeddedMetrics, type EmbeddedMetrics } from "./embedded-metrics.ts";
import { type FunctionUrlEvent, type FunctionUrlResult, toRequest, toResult } from "./event.ts";
import { createKeyTable } from "./key-table.ts";
import { toStreamingHandler } from "./stream-response.ts";

/** The most bytes of a body as sent: as base64 it must fit the 6 MB of an invocation. */
const bodyBytesMax = 4 * 1024 * 1024;

/** What the functions are made of, before their service. */
export interface Parts {
  readonly config: LambdaConfig;
  readonly now: () => number;
  readonly log: Log;
  readonly counts: EmbeddedMetrics;
  readonly metrics: Metrics;
  /** How the store and the keys reach DynamoDB. */
  readonly connection: Pick<
    Parameters<typeof createDynamoClient>[0],
    "region" | "endpoint" | "credentials" | "observer"
  >;
}

const writeLine = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export const createParts = (
  config: LambdaConfig,
  env: Readonly<Record<string, string | undefined>>,
): Parts => {
  const now = Date.now;
  const { functionName, region, endpoint } = config;
  const log = createLog(config.logLevel, writeLine, now);
  const counts = createEmbeddedMetrics({ functionName, write: writeLine, now });
  const observer: DynamoObserver = {
    onCapacity: ({ action, units }) => {
      if (action === "PutItem" || action === "UpdateItem" || action === "DeleteItem")
        counts.add("WriteUnits", units);
    },
    onFailure: ({ action, kind, reason }) => {
      if (kind === "throttled" && action === "PutItem") counts.add("StoreThrottles", 1);
      // The last one of a call that fails is logged with its request.
      if (kind !== "condition") log.debug("an attempt failed", { action, kind, reason });
    },
  };
  const metrics: Metrics = {
    onIngest: ({ accepted, rejected, bodyBytes }) => {
      counts.add("EntriesAccepted", accepted);
      counts.add("EntriesRejected", rejected);
      counts.add("BytesIngested", bodyBytes);
    },
    onCommit: () => undefined,
    onDamage: (damage) => log.error("a part of the store is damaged", { ...damage }),
    onScan: () => undefined,
    onRequest: () => undefined,
    render: async () => ({ contentType: "text/plain", text: "" }),
  };
  const connection = { region, endpoint, credentials: credentialsIn(env), observer };
  return { config, now, log, counts, metrics, connection };
};

export interface LambdaContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

type BufferedHandler = (
  event: FunctionUrlEvent,
  context: LambdaContext,
) => Promise<FunctionUrlResult>;

type FunctionHandler =
  | BufferedHandler
  | ReturnType<typeof toStreamingHandler<FunctionUrlEvent, LambdaContext>>;

/** What a function does with its requests. */
interface Duty extends Pick<AppDeps, "service" | "usage" | "quotas" | "erasures"> {
  /** Runs after each request, before the environment may be frozen. */
  readonly endInvocation?: (() => Promise<void>) | undefined;
}

/** Serves some routes to a Function URL. CORS is the URL's setting, and a key is always needed. */
const createServing = (parts: Parts, duty: Duty, routes: readonly AppRoute[]) => {
  const { service, usage, quotas, erasures } = duty;
  const { config, now, log, metrics, counts, connection } = parts;
  const keys = createKeyTable({
    client: createDynamoClient(connection),
    table: config.keysTable,
    now,
  });
  let requestId = "";
  const app = createAppOf(
    {
      service,
      usage,
      quotas,
      erasures,
      access: createAccess({
        keys,
        tokens: createTokens(config.oidc, log),
        now,
        isOpenWithoutKeys: false,
      }),
      log,
      metrics,
      now,
      uptimeMs: () => performance.now(),
      // An environment serves one request at a time; under this id Lambda's own log tells of it too.
      newRequestId: () => requestId,
      bodyBudget: createBodyBudget(Number.POSITIVE_INFINITY),
      decoderTurns: createDecoderTurns(),
      bodyBytesMax,
      inflatedBytesMax: limits.bodyBytes.value,
      bufferedBytesMax: config.canStream ? undefined : pageBytesMax,
      isWaitBilled: true,
      cors: "platform",
    },
    routes,
  );
  const answer = async (event: FunctionUrlEvent, context: LambdaContext): Promise<Response> => {
    requestId = context.awsRequestId;
    return await app.fetch(toRequest(event));
  };
  const endInvocation = async () => {
    counts.endInvocation();
    await duty.endInvocation?.();
  };
  return { answer, endInvocation };
};

const toBufferedHandler =
  ({ answer, endInvocation }: ReturnType<typeof createServing>): BufferedHandler =>
  async (event, context) => {
    try {
      return await toResult(await answer(event, context));
    } finally {
      await endInvocation();
    }
  };

/** A handler whose answers come whole. */
export const createBufferedHandler = (
  parts: Parts,
  duty: Duty,
  routes: readonly AppRoute[],
): BufferedHandler => toBufferedHandler(createServing(parts, duty, routes));

/** A handler for the URL as it is set: its answers come whole, or while they are made. */
export const createFunctionHandler = (
  parts: Parts,
  duty: Duty,
  routes: readonly AppRoute[],
): FunctionHandler => {
  const serving = createServing(parts, duty, routes);
  return parts.config.canStream
    ? toStreamingHandler(serving.answer, serving.endInvocation)
    : toBufferedHandler(serving);
};
