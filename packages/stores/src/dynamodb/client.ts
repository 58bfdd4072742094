import { setTimeout as waitForTimer } from "node:timers/promises";
import { type CallOptions, LogServiceError } from "@log-service/core";
import { type Answer, type Attempt, type Item, readAnswer } from "./answer.ts";
import { type Credentials, sign } from "./sign.ts";

/** Each function's role allows some of these; only an operator scans. */
export type Action = "PutItem" | "GetItem" | "Query" | "Scan" | "UpdateItem" | "DeleteItem";

/** What the table's work costs and how it fares, for metrics. No payload is in it. */
export interface DynamoObserver {
  onCapacity?(report: {
    readonly action: Action;
    readonly table: string;
    readonly units: number;
  }): void;
  /** An attempt failed; it may be made again. */
  onFailure?(report: {
    readonly action: Action;
    readonly kind: Attempt["kind"];
    readonly reason: string;
  }): void;
}

export interface DynamoClientOptions {
  readonly region: string;
  /** As in `http://127.0.0.1:8000`; AWS's own for the region unless it is given. */
  readonly endpoint?: string | undefined;
  /** Asked for each attempt: credentials may be exchanged while the process lives. */
  readonly credentials: () => Credentials;
  /** How long a call may take with all its attempts. */
  readonly deadlineMs?: number | undefined;
  /** How long one attempt may take. */
  readonly attemptMs?: number | undefined;
  readonly observer?: DynamoObserver | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Milliseconds since anything; it never goes backwards. */
  readonly uptimeMs?: (() => number) | undefined;
  /** 0 <= random < 1. */
  readonly random?: (() => number) | undefined;
  readonly wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

/** What a call came to. `isDoubtful`: an earlier attempt of it may have taken effect. */
export type Outcome =
  | { readonly kind: "done"; readonly answer: Answer }
  | { readonly kind: "condition"; readonly item: Item; readonly isDoubtful: boolean }
  | { readonly kind: "hot" };

export interface DynamoCallOptions extends CallOptions {
  /** When to give up, by `uptimeMs`. */
  readonly deadline?: number | undefined;
  /** Returns `hot` at once when a key range is throttled: the caller knows another place. */
  readonly leavesHotKeys?: boolean | undefined;
}

export interface DynamoClient {
  /**
   * Calls DynamoDB until it answers or the deadline has passed. Throws STORE_BUSY when it was throttled to the end,
   * STORE_UNAVAILABLE when it could not be reached or refused the caller, INTERNAL when the request is wrong.
   */
  call(action: Action, input: object, options?: DynamoCallOptions): Promise<Outcome>;
  /** When a call that begins now gives up. */
  deadline(): number;
  /** Waits as long as a repeated attempt does; `attempt` counts from 0. */
  backOff(attempt: number, options?: CallOptions): Promise<void>;
  readonly now: () => number;
  readonly random: () => number;
}

const delayMs = { first: 40, most: 1000 } as const;
const retryAfterMs = { busy: 1000, unavailable: 2000, refused: 10_000 } as const;
/** A clock that is off by less is not what a signature was refused for. */
const skewMsMin = 60_000;

const failureOf = (attempt: Attempt): LogServiceError => {
  switch (attempt.kind) {
    case "throttled":
      return new LogServiceError("STORE_BUSY", "the table takes less than is sent to it", {
        cause: new Error(attempt.reason),
        retryAfterMs: retryAfterMs.busy,
      });
    case "refused":
      if (attempt.isOurs)
        return new LogServiceError("INTERNAL", "the table refused a request", {
          cause: new Error(attempt.reason),
        });
      return new LogServiceError("STORE_UNAVAILABLE", "the table cannot be used", {
        cause: new Error(attempt.reason),
        retryAfterMs: retryAfterMs.refused,
      });
    default: {
      const reason = "reason" in attempt ? attempt.reason : attempt.kind;
      return new LogServiceError("STORE_UNAVAILABLE", "the table cannot be reached", {
        cause: ("cause" in attempt && attempt.cause) || new Error(reason),
        retryAfterMs: retryAfterMs.unavailable,
      });
    }
  }
};

const waitUntil = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
  await waitForTimer(ms, undefined, signal && { signal }).catch((error) => {
    throw signal?.aborted ? signal.reason : error;
  });
};

interface Sending {
  readonly action: Action;
  readonly body: string;
  readonly time: number;
  readonly attemptMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Sends a request once. Rejects with the caller's reason when its signal aborts, and otherwise never. */
const createSend = (options: DynamoClientOptions) => {
  const { region, credentials, fetch: send = fetch } = options;
  const url = new URL(options.endpoint ?? `https://dynamodb.${region}.amazonaws.com`);
  return async ({ action, body, time, attemptMs, signal }: Sending): Promise<Attempt> => {
    const limit = AbortSignal.timeout(attemptMs);
    try {
      const headers = sign({
        host: url.host,
        region,
        service: "dynamodb",
        headers: {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": `DynamoDB_20120810.${action}`,
        },
        body,
        time,
        credentials: credentials(),
      });
      const response = await send(url, {
        method: "POST",
        headers,
        body,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      return readAnswer(response.status, response.headers.get("date"), await response.text());
    } catch (cause) {
      signal?.throwIfAborted();
      return { kind: "doubtful", reason: String(cause), cause };
    }
  };
};

/** What the caller is told, if the attempt settles anything; throws when nothing more can be done. */
const settle = (
  attempt: Attempt,
  isDoubtful: boolean,
  leavesHotKeys: boolean,
): Outcome | undefined => {
  switch (attempt.kind) {
    case "done":
      return attempt;
    case "condition":
      return { ...attempt, isDoubtful };
    case "throttled":
      return attempt.isKeyRange && leavesHotKeys ? { kind: "hot" } : undefined;
    case "refused":
      throw failureOf(attempt);
    default:
      return undefined;
  }
};

const tell = (observer: DynamoObserver | undefined, action: Action, attempt: Attempt): void => {
  if (attempt.kind === "done") {
    const { TableName: table = "", CapacityUnits: units = 0 } =
      attempt.answer.ConsumedCapacity ?? {};
    observer?.onCapacity?.({ action, table, units });
  } else {
    const reason = attempt.kind === "condition" ? "" : attempt.reason;
    observer?.onFailure?.({ action, kind: attempt.kind, reason });
  }
};

/** Creates a client of DynamoDB's JSON protocol: a few actions, its own retries, no dependency. */
export const createDynamoClient = (options: DynamoClientOptions): DynamoClient => {
  const { deadlineMs = 8000, attemptMs = 3000, observer, wait = waitUntil } = options;
  const {
    now = Date.now,
    uptimeMs = () => performance.now(),
    random = () => Math.random(),
  } = options;
  const send = createSend(options);
  /** How far AWS's clock is ahead of this machine's. */
  let skewMs = 0;

  /** Takes over AWS's time when that can be the reason, and says so. */
  const correctSkew = (serverTime: number): boolean => {
    const found = serverTime - now();
    if (Math.abs(found - skewMs) < skewMsMin) return false;
    skewMs = found;
    return true;
  };
  // Full jitter: clients that were throttled together do not come back together.
  const delayOf = (count: number) =>
    random() * Math.min(delayMs.most, delayMs.first * 2 ** Math.min(count, 10));

  return {
    now,
    random,
    deadline: () => uptimeMs() + deadlineMs,
    backOff: (count, call) => wait(delayOf(count), call?.signal),
    call: async (action, input, call = {}) => {
      const { signal, deadline = uptimeMs() + deadlineMs, leavesHotKeys = false } = call;
      const body = JSON.stringify({ ...input, ReturnConsumedCapacity: "TOTAL" });
      let isDoubtful = false;
      for (let count = 0; ; count++) {
        signal?.throwIfAborted();
        const left = Math.max(1, Math.floor(deadline - uptimeMs()));
        const time = now() + skewMs;
        const limit = Math.min(attemptMs, left);
        const attempt = await send({ action, body, time, attemptMs: limit, signal });
        tell(observer, action, attempt);
        const isTimeLeft = uptimeMs() < deadline;
        const outcome = settle(attempt, isDoubtful, leavesHotKeys && isTimeLeft);
        if (outcome !== undefined) return outcome;
        if (attempt.kind === "skewed" && correctSkew(attempt.serverTime)) continue;
        isDoubtful ||= attempt.kind === "doubtful";
        const delay = delayOf(count);
        if (uptimeMs() + delay >= deadline) throw failureOf(attempt);
        await wait(delay, signal);
      }
    },
  };
};
