import type { Route } from "@log-service/contract";
import { isLogServiceError, LogServiceError } from "@log-service/core";
import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type { Principal } from "./access/access.ts";
import type { Answer, AppDeps, Handler, HostRequest } from "./handler.ts";
import { corsHeaders, preflightHeaders } from "./middleware/cors.ts";
import { assertFromThisMachine } from "./middleware/loopback.ts";
import { problemResponse, refuse } from "./middleware/problem.ts";
import { securityHeaders } from "./middleware/security-headers.ts";

type Bindings = { Bindings: HostRequest };

export interface App {
  fetch(request: Request, host?: HostRequest): Promise<Response>;
}

const plainRequestId = /^[A-Za-z0-9._:-]{1,64}$/;

/** The request's own id when it is harmless, else a new one. */
const requestIdOf = (deps: AppDeps, request: Request): string => {
  const sent = request.headers.get("x-request-id");
  return sent !== null && plainRequestId.test(sent) ? sent : deps.newRequestId();
};

/** Lets a request in, or throws why not. Nothing of its body has been read by then. */
const admit = async (
  { access, quotas }: AppDeps,
  route: Pick<Route, "scope">,
  headers: Headers,
): Promise<Principal | undefined> => {
  const { scope } = route;
  if (scope === "none") return undefined;
  const principal = await access.authenticate(headers);
  if (!principal.scopes.includes(scope))
    throw new LogServiceError("SCOPE_REQUIRED", `this route needs a key with the scope ${scope}`);
  quotas?.takeRequest(principal);
  return principal;
};

interface Failure {
  readonly request: Request;
  readonly requestId: string;
  readonly operation: string;
  readonly error: unknown;
}

/** Logs what went wrong, as loudly as it deserves: refused input is the sender's business. */
const logFailure = ({ log }: AppDeps, { request, requestId, operation, error }: Failure) => {
  const isKnown = isLogServiceError(error);
  const fields = { requestId, operation, error };
  if (request.signal.aborted) log.debug("a client went away", { requestId, operation });
  else if (!isKnown || error.kind === "internal") log.error("a request failed", fields);
  else if (error.kind === "unavailable") log.warn("a request could not be served", fields);
  else log.debug("a request was refused", { requestId, operation, code: error.code });
};

type RunRoute = Pick<AppRoute, "scope" | "operationId" | "isLinkable">;

/** Answers one request: the guards, the key, the handler, and errors as answers. */
const answer = async (
  deps: AppDeps,
  context: Context<Bindings>,
  { route, handler, requestId, isOpen }: RunOptions,
): Promise<Answer> => {
  const request = context.req.raw;
  try {
    if (isOpen) assertFromThisMachine(request.headers, route);
    const principal = await admit(deps, route, request.headers);
    const mark = request.url.indexOf("?");
    return await handler({
      deps,
      request,
      host: context.env ?? {},
      requestId,
      tenant: principal?.tenant ?? "",
      principal,
      search: new URLSearchParams(mark === -1 ? "" : request.url.slice(mark + 1)),
      param: (name) => context.req.param(name) ?? "",
    });
  } catch (error) {
    logFailure(deps, { request, requestId, operation: route.operationId, error });
    return problemResponse(error, requestId);
  }
};

interface RunOptions {
  readonly route: RunRoute;
  readonly handler: Handler;
  readonly requestId: string;
  readonly isOpen: boolean;
}

/** Runs one request through everything that all routes share. */
const createRunner =
  (deps: AppDeps) =>
  async (context: Context<Bindings>, route: RunRoute, handler: Handler): Promise<Response> => {
    const startedAt = deps.uptimeMs();
    const request = context.req.raw;
    const requestId = requestIdOf(deps, request);
    const isOpen = await deps.access.isOpen();
    const { status, headers, body } = await answer(deps, context, {
      route,
      handler,
      requestId,
      isOpen,
    });
    const cors = deps.cors === "app" ? corsHeaders(request.headers.get("origin"), isOpen) : {};
    const isHead = request.method === "HEAD";
    // What nobody takes would stay open.
    if (isHead && body instanceof ReadableStream) await body.cancel();
    // The headers are given at once: setting them on a response that is made costs more than all the rest here.
    const response = new Response(isHead ? null : body, {
      status,
      headers: {
        ...securityHeaders,
        ...headers,
        ...cors,
        ...(headers.vary && cors.vary && { vary: `${headers.vary}, ${cors.vary}` }),
        "x-request-id": requestId,
      },
    });
    const durationMs = deps.uptimeMs() - startedAt;
    deps.metrics.onRequest({ operation: route.operationId, status, durationMs });
    return response;
  };

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ":$1");

/** The answer to what is no route: 404, or 405 when only the method is wrong. */
const noRoute =
  (methods: readonly string[]): Handler =>
  async ({ request, requestId }) => {
    const path = new URL(request.url).pathname.slice(0, 100);
    if (methods.length === 0)
      throw new LogServiceError(
        "ROUTE_NOT_FOUND",
        `there is no route ${path}; GET /openapi.json lists them`,
      );
    const detail = `${path} takes ${methods.join(" and ")}, not ${request.method}`;
    const { status, headers, body } = refuse({ code: "METHOD_NOT_ALLOWED", detail, requestId });
    return { status, headers: { ...headers, allow: methods.join(", ") }, body };
  };

/** The answer to a browser that asks what it may send. It carries no key, so that nothing else is looked at. */
const preflight = async ({ access }: AppDeps, request: Request): Promise<Response> => {
  const cors = corsHeaders(request.headers.get("origin"), await access.isOpen());
  const headers = { ...securityHeaders, ...cors, ...preflightHeaders };
  return new Response(null, { status: 204, headers });
};

export interface AppRoute extends Pick<Route, "operationId" | "method" | "path" | "scope"> {
  readonly handler: Handler;
  /** Leaves a request to the next route with the same path. It may look at the headers only. */
  readonly isFor?: (headers: Headers) => boolean;
  /** Whether links on other sites may lead to it while the server is open: it holds no data. */
  readonly isLinkable?: boolean;
}

/** Creates an app of some routes: a function of its arguments and nothing else, so that two can live in one process. */
export const createAppOf = (deps: AppDeps, routes: readonly AppRoute[]): App => {
  const app = new Hono<Bindings>();
  const run = createRunner(deps);
  for (const route of routes)
    app.on(route.method, honoPath(route.path), (context, next) =>
      route.isFor === undefined || route.isFor(context.req.raw.headers)
        ? run(context, route, route.handler)
        : next(),
    );
  for (const [path, samePath] of Map.groupBy(routes, (route) => route.path)) {
    const methods = [...new Set(samePath.map((route) => route.method))];
    const other = { operationId: "none", scope: "none" } as const;
    app.all(honoPath(path), (context) => run(context, other, noRoute(methods)));
  }
  app.notFound((context) => run(context, { operationId: "none", scope: "none" }, noRoute([])));
  return {
    fetch: async (request, host) =>
      request.method === "OPTIONS" && deps.cors === "app"
        ? preflight(deps, request)
        : app.fetch(request, host),
  };
};
