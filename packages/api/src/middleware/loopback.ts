import { LogServiceError } from "@log-service/core";

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** A `Host` of this machine as clients write it; anything else is looked at more closely. */
const plainLoopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

const hostnameOf = (url: string): string | undefined => URL.parse(url)?.hostname;

export const isLoopbackOrigin = (origin: string): boolean =>
  loopbackNames.has(hostnameOf(origin) ?? "");

/**
 * Refuses what a web page of another site could send to a server that asks for no key: a request under a foreign
 * name (DNS rebinding), or one that a browser marks as coming from another site. Throws ORIGIN_FORBIDDEN.
 */
export const assertFromThisMachine = (headers: Headers): void => {
  const host = headers.get("host");
  const isPlain = host === null || plainLoopbackHost.test(host);
  if (!isPlain && !loopbackNames.has(hostnameOf(`http://${host}`) ?? ""))
    throw new LogServiceError(
      "ORIGIN_FORBIDDEN",
      `Host is ${JSON.stringify(host.slice(0, 60))}; without API keys this server answers to localhost only`,
    );
  const origin = headers.get("origin");
  const isForeignPage = headers.get("sec-fetch-site") === "cross-site" && origin === null;
  if (isForeignPage || (origin !== null && !isLoopbackOrigin(origin)))
    throw new LogServiceError(
      "ORIGIN_FORBIDDEN",
      `the request comes from a page of ${JSON.stringify(origin?.slice(0, 60) ?? "another site")}; create an API key to use this server from other pages`,
    );
};
