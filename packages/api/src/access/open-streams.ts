import { LogServiceError } from "@log-service/core";
import type { Principal } from "./access.ts";

/** Lets a stream begin, which ends when it is disposed of; undefined where nothing limits it. Throws RATE_EXCEEDED. */
export type OpenStream = (principal: Principal) => Disposable | undefined;

/** A client that was cut off comes back before the server knows that it had gone. */
const retryAfterMs = 5000;

/** Counts the streams that each key holds open at once. */
export const createOpenStreams = (max: number): OpenStream => {
  const open = new Map<string, number>();
  return ({ id }) => {
    if (id === undefined) return undefined;
    const count = open.get(id) ?? 0;
    if (count >= max)
      throw new LogServiceError(
        "RATE_EXCEEDED",
        `the key may hold ${max} streams open at once (LOG_SERVICE_KEY_STREAMS)`,
        { retryAfterMs },
      );
    open.set(id, count + 1);
    return {
      [Symbol.dispose]: () => {
        const left = (open.get(id) ?? 0) - 1;
        if (left > 0) open.set(id, left);
        else open.delete(id);
      },
    };
  };
};
