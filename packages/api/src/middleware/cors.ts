import { isLoopbackOrigin } from "./loopback.ts";

/** Who answers for CORS: this app, or the platform in front of it (Lambda's URL setting). Never both. */
export type CorsPolicy = "app" | "platform";

const allowedHeaders =
  "authorization, content-type, content-encoding, idempotency-key, last-event-id, x-api-key, x-request-id";
const exposedHeaders = "x-request-id, retry-after, content-disposition";

/**
 * The CORS headers of an answer. Without keys only pages of this machine may read it; once keys are required any
 * page may, since no browser sends a key by itself.
 */
export const corsHeaders = (origin: string | null, isOpen: boolean): Record<string, string> => {
  if (!isOpen)
    return { "access-control-allow-origin": "*", "access-control-expose-headers": exposedHeaders };
  if (origin === null || !isLoopbackOrigin(origin)) return { vary: "Origin" };
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": exposedHeaders,
    vary: "Origin",
  };
};

export const preflightHeaders = {
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": allowedHeaders,
  "access-control-max-age": "86400",
};
