import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { LogServiceError } from "@log-service/core";
import type { App } from "../../app.ts";
import type { Log } from "../../log.ts";
import { securityHeaders } from "../../middleware/security-headers.ts";
import type { Config } from "../config.ts";
import { limitByAddress } from "./address-limit.ts";
import { requestLimits } from "./request-limits.ts";

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

interface ServerLimits {
  /** How long a whole request, its body included, may take: a slow sender must not hold a place for ever. */
  readonly requestTimeoutMs?: number;
  readonly connectionsMax?: number;
  /** Of other machines; 0 sets no limit. */
  readonly connectionsPerAddress?: number;
}

/** What is no request that the app could be asked: Node answers the same without a body to what it cannot read. */
const refuseHead = (status: number) =>
  new Response(null, { status, headers: { ...securityHeaders, connection: "close" } });

/** An HTTP server around the app, not listening yet. */
export const createAppServer = (app: App, limits: ServerLimits = {}): Server => {
  const { requestTimeoutMs = 60_000, connectionsMax = 4096, connectionsPerAddress = 0 } = limits;
  const { headBytes, headers, headSeconds, keepAliveSeconds, idleSeconds } = requestLimits;
  const listener = getRequestListener(
    async (request, env) => {
      // The server below speaks HTTP/1, so that the request is an IncomingMessage.
      const { incoming } = env as HttpBindings;
      // Names and values take turns in it. Node itself would leave out the headers beyond its limit.
      if (incoming.rawHeaders.length > headers.value * 2) return refuseHead(431);
      const response = await app.fetch(request, { bodyStream: incoming });
      // A connection that is kept alive would hold up a server that is stopping.
      if (!server.listening) response.headers.set("connection", "close");
      return response;
    },
    // A host or a path that no URL can have.
    { errorHandler: () => refuseHead(400) },
  );
  const server = createServer(
    {
      maxHeaderSize: headBytes.value,
      headersTimeout: Math.min(requestTimeoutMs, headSeconds.value * 1000),
      requestTimeout: requestTimeoutMs,
      // How often Node looks for requests that are late.
      connectionsCheckingInterval: Math.min(requestTimeoutMs / 4, 5_000),
      keepAliveTimeout: keepAliveSeconds.value * 1000,
    },
    listener,
  );
  server.maxHeadersCount = 0;
  server.maxConnections = connectionsMax;
  if (connectionsPerAddress > 0) limitByAddress(server, connectionsPerAddress);
  server.timeout = idleSeconds.value * 1000;
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
  const server = createAppServer(app, config);
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
