import type { Route } from "@log-service/contract";
import { isLogServiceError, LogServiceError } from "@log-service/core";
import { type Context, Hono } from "hono";
import type { Principal } from "./access/access.ts";
import type { AppDeps, Call, Handler, HostRequest } from "./handler.ts";
import { corsHeaders, preflightHeaders } from "./middleware/cors.ts";
import { assertFromThisMachine } from "./middleware/loopback.ts";
import { problemResponse, refuse } from "./middleware/problem.ts";

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
  { access }: AppDeps,
  route: Pick<Route, "scope">,
  headers: Headers,
): Promise<Principal | undefined> => {
  if (await access.isOpen()) assertFromThisMachine(headers);
  const { scope } = route;
  if (scope === "none") return undefined;
  const principal = await access.authenticate(headers);
  if (!principal.scopes.includes(scope))
    throw new LogServiceError("SCOPE_REQUIRED", `this route needs a key with the scope ${scope}`);
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

/** Runs one request through everything that all routes share. */
const createRunner =
  (deps: AppDeps) =>
  async (
    context: Context<Bindings>,
    route: Pick<Route, "scope" | "operationId">,
    handler: Handler,
  ): Promise<Response> => {
    const startedAt = deps.uptimeMs();
    const request = context.req.raw;
    const requestId = requestIdOf(deps, request);
    const { operationId: operation } = route;
    let response: Response;
    try {
      const principal = await admit(deps, route, request.headers);
      const mark = request.url.indexOf("?");
      const call: Call = {
        deps,
        request,
        host: context.env ?? {},
        requestId,
        tenant: principal?.tenant ?? "",
        search: new URLSearchParams(mark === -1 ? "" : request.url.slice(mark + 1)),
        param: (name) => context.req.param(name) ?? "",
      };
      response = await handler(call);
    } catch (error) {
      logFailure(deps, { request, requestId, operation, error });
      response = problemResponse(error, requestId);
    }
    response.headers.set("x-request-id", requestId);
    const durationMs = deps.uptimeMs() - startedAt;
    deps.metrics.onRequest({ operation, status: response.status, durationMs });
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
    const response = refuse({ code: "METHOD_NOT_ALLOWED", detail, requestId });
    response.headers.set("allow", methods.join(", "));
    return response;
  };

export interface AppRoute extends Pick<Route, "operationId" | "method" | "path" | "scope"> {
  readonly handler: Handler;
}

/** Creates an app of some routes: a function of its arguments and nothing else, so that two can live in one process. */
export const createAppOf = (deps: AppDeps, routes: readonly AppRoute[]): App => {
  const app = new Hono<Bindings>();
  const run = createRunner(deps);
  for (const route of routes)
    app.on(route.method, honoPath(route.path), (context) => run(context, route, route.handler));
  for (const [path, samePath] of Map.groupBy(routes, (route) => route.path)) {
    const methods = samePath.map((route) => route.method);
    const other = { operationId: "none", scope: "none" } as const;
    app.all(honoPath(path), (context) => run(context, other, noRoute(methods)));
  }
  app.notFound((context) => run(context, { operationId: "none", scope: "none" }, noRoute([])));
  if (deps.cors === "platform") return { fetch: async (request, host) => app.fetch(request, host) };
  return {
    fetch: async (request, host) => {
      const origin = request.headers.get("origin");
      const isOpen = await deps.access.isOpen();
      const cors = corsHeaders(origin, isOpen);
      if (request.method === "OPTIONS")
        return new Response(null, { status: 204, headers: { ...cors, ...preflightHeaders } });
      const response = await app.fetch(request, host);
      for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
      return response;
    },
  };
};
