import { LogServiceError } from "@log-service/core";

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** A `Host` of this machine as clients write it; anything else is looked at more closely. */
const plainLoopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

/** An origin of this machine as browsers write it. Other schemes are those of apps, whose pages come from anywhere. */
const loopbackOrigin = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

export const isLoopbackOrigin = (origin: string): boolean => loopbackOrigin.test(origin);

/** Other ways to write it, as in `LOCALHOST` or `127.1`; but no user, path or query around another name. */
const isLoopbackHost = (host: string): boolean =>
  /^[\w.:[\]-]+$/.test(host) && loopbackNames.has(URL.parse(`http://${host}`)?.hostname ?? "");

/**
 * Refuses what a web page of another site could send to a server that asks for no key: a request under a foreign
 * name (DNS rebinding), or one that a browser marks as coming from another site. A link that somebody clicks may lead to
 * what is `isLinkable`: it takes the place of the other page, which learns nothing of it. Throws ORIGIN_FORBIDDEN.
 */
export const assertFromThisMachine = (headers: Headers, { isLinkable = false } = {}): void => {
  const host = headers.get("host");
  if (host !== null && !plainLoopbackHost.test(host) && !isLoopbackHost(host))
    throw new LogServiceError(
      "ORIGIN_FORBIDDEN",
      `Host is ${JSON.stringify(host.slice(0, 60))}; without API keys this server answers to localhost only`,
    );
  const origin = headers.get("origin");
  const isForeignPage =
    headers.get("sec-fetch-site") === "cross-site" &&
    origin === null &&
    !(isLinkable && headers.get("sec-fetch-dest") === "document");
  if (isForeignPage || (origin !== null && !isLoopbackOrigin(origin)))
    throw new LogServiceError(
      "ORIGIN_FORBIDDEN",
      `the request comes from a page of ${JSON.stringify(origin?.slice(0, 60) ?? "another site")}; create an API key to use this server from other pages`,
    );
};
