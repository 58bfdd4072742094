import { randomUUID } from "node:crypto";
import type { FunctionProcess } from "./function-process.ts";
import { type Served, serveFetch } from "./serve-fetch.ts";

export interface LambdaEvents extends Served {
  /** The function that events go to. */
  to(lambda: FunctionProcess): void;
  /** Resolves when all events have been dealt with. */
  settled(): Promise<void>;
  /** How often it was invoked. */
  readonly invocations: number;
}

/** Lambda keeps an event for a function that failed, and invokes it twice more. */
const attempts = 3;

/** The part of Lambda's API by which a function invokes itself later: it takes events, and invokes the function with each. */
export const startLambdaEvents = async (): Promise<LambdaEvents> => {
  let target: FunctionProcess | undefined;
  let invocations = 0;
  const pending = new Set<Promise<void>>();
  const deliver = async (event: object): Promise<void> => {
    const requestId = randomUUID();
    for (let attempt = 0; attempt < attempts; attempt++) {
      invocations += 1;
      try {
        return await target?.invokeWith?.(event, requestId);
      } catch {
        // The next attempt follows after a minute or two on Lambda.
      }
    }
  };
  const served = await serveFetch(async (url, { body, headers }) => {
    const isEvent = new Headers(headers).get("x-amz-invocation-type") === "Event";
    if (!isEvent || !url.includes("/invocations?Qualifier=live"))
      return new Response("{}", { status: 400 });
    const delivery = deliver(JSON.parse(String(body)));
    pending.add(delivery);
    void delivery.finally(() => pending.delete(delivery));
    return new Response("", { status: 202 });
  });
  return {
    ...served,
    to: (lambda) => {
      target = lambda;
    },
    settled: async () => {
      while (pending.size > 0) await Promise.all(pending);
    },
    get invocations() {
      return invocations;
    },
  };
};
