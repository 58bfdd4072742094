import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { LogServiceError } from "@log-service/core";
import type { App } from "../../app.ts";
import type { Log } from "../../log.ts";
import type { Config } from "../config.ts";

const loopbackAddresses = new Set(["localhost", "127.0.0.1", "::1"]);

export const isLoopback = (host: string): boolean => loopbackAddresses.has(host);

interface Listening extends AsyncDisposable {
  /** As a URL, without a slash at the end. */
  readonly address: string;
  /** Resolves when the process has been asked to stop and the requests in flight are answered. */
  readonly stopped: Promise<void>;
}

const reasonOf = (error: NodeJS.ErrnoException, { host, port }: Config): string => {
  switch (error.code) {
    case "EADDRINUSE":
      return `port ${port} on ${host} is in use; choose another with --port`;
    case "EACCES":
      return `port ${port} on ${host} is not allowed to this user; choose one above 1023 with --port`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is not an address of this machine; choose another with --host`;
    default:
      return `cannot listen on ${host}:${port}: ${error.message}`;
  }
};

/**
 * An HTTP server around the app, not listening yet. A whole request, its body included, must arrive within
 * `requestTimeoutMs`: a slow sender must not hold a place for ever.
 */
export const createAppServer = (app: App, requestTimeoutMs = 60_000): Server => {
  const listener = getRequestListener(async (request, env) => {
    // The server below speaks HTTP/1, so that the request is an IncomingMessage.
    const response = await app.fetch(request, { bodyStream: (env as HttpBindings).incoming });
    // A connection that is kept alive would hold up a server that is stopping.
    if (!server.listening) response.headers.set("connection", "close");
    return response;
  });
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      // How often Node looks for requests that are late.
      connectionsCheckingInterval: Math.min(requestTimeoutMs / 4, 5_000),
      keepAliveTimeout: 65_000,
    },
    listener,
  );
  return server;
};

/**
 * Serves the app until SIGTERM or SIGINT, when it calls `onStop`: those who wait are answered then. Rejects with
 * STORE_UNAVAILABLE when the address cannot be had.
 */
export const listen = async (
  app: App,
  config: Config,
  log: Log,
  onStop: () => void,
): Promise<Listening> => {
  const server = createAppServer(app, config.requestTimeoutMs);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(new LogServiceError("INTERNAL", reasonOf(error, config), { cause: error })),
    );
    server.listen(config.port, config.host, resolve);
  });
  const { promise: stopped, resolve: onStopped } = Promise.withResolvers<void>();
  const stop = (signal: NodeJS.Signals) => {
    log.info("stopping", { signal });
    onStop();
    const cut = setTimeout(() => server.closeAllConnections(), config.shutdownMs);
    server.close(() => {
      clearTimeout(cut);
      onStopped();
    });
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  const { port, family, address } = server.address() as AddressInfo; // it listens on TCP
  const host = family === "IPv6" ? `[${address}]` : address;
  return {
    address: `http://${host}:${port}`,
    stopped,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
    },
  };
};
