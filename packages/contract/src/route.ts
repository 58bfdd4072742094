import { type ErrorCode, errorCatalogue } from "@log-service/core/errors";
import type * as z from "zod/mini";
import type { Wire } from "./answers.ts";
import type { Parameter } from "./parameter.ts";
import { type ErrorStatus, statusOf } from "./problem.ts";

/** What a key must allow. `none`: the route answers anyone. */
export type Scope = "ingest" | "read" | "admin" | "none";

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export interface Example<T> {
  readonly summary: string;
  readonly value: T;
}

/** A content type of a body or an answer. Without a schema it is text, or a format that JSON Schema cannot say. */
export interface Content<S extends z.ZodMiniType = z.ZodMiniType> {
  readonly description?: string;
  readonly schema?: S;
  readonly examples: Readonly<Record<string, Example<unknown>>>;
}

export interface Body {
  readonly description: string;
  readonly contents: Readonly<Record<string, Content>>;
  /** The values of Content-Encoding that are understood. */
  readonly encodings: readonly string[];
}

export interface Answer<S extends z.ZodMiniType = z.ZodMiniType> extends Content<S> {
  readonly description: string;
  readonly contentType: string;
  /** The same answer in other content types, where the request may choose. */
  readonly alternatives?: Readonly<Record<string, Content>>;
}

export interface PathParameter {
  readonly description: string;
  readonly schema: z.ZodMiniType;
  readonly example: string;
}

export interface Route {
  /** Also the name of the handler's folder, of the SDK's method and of the command. */
  readonly operationId: string;
  readonly method: "GET" | "POST";
  /** With parameters in braces, as in OpenAPI: `/logs/{logId}`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly scope: Scope;
  readonly params?: Readonly<Record<string, PathParameter>>;
  /** Left out where the query string is not looked at: probes append things of their own. */
  readonly query?: Parameters;
  /** Query strings that show its use. */
  readonly queryExamples?: readonly string[];
  readonly headers?: Parameters;
  readonly body?: Body;
  /** Keyed by status. */
  readonly responses: Readonly<Record<number, Answer>>;
  /** The codes that this route alone may answer with; `errorsOf` adds those that follow from the rest. */
  readonly errors: readonly ErrorCode[];
  /** The codes that occur inside of the answer's lists of problems. */
  readonly problemCodes?: readonly ErrorCode[];
}

/** What a server needs of a route to take a request. */
export type RouteRequest = Pick<
  Route,
  "operationId" | "method" | "path" | "scope" | "params" | "query" | "headers"
>;

/** Returns the route as it is, with its exact type. */
export const defineRoute = <const R extends Route>(route: R): R => route;

type ValueOf<P> = P extends Parameter<infer T> ? T : never;

/** The values of a route's query parameters. */
export type QueryOf<R extends RouteRequest> = {
  readonly [Name in keyof NonNullable<R["query"]>]: ValueOf<NonNullable<R["query"]>[Name]>;
};

/** The values of a route's headers. */
export type HeadersOf<R extends RouteRequest> = {
  readonly [Name in keyof NonNullable<R["headers"]>]: ValueOf<NonNullable<R["headers"]>[Name]>;
};

/** What a route answers when all goes well; a string where the answer is not JSON. */
export type ResponseOf<R extends Route> = {
  [Status in keyof R["responses"]]: R["responses"][Status] extends {
    readonly schema: infer S extends z.ZodMiniType;
  }
    ? Wire<z.infer<S>>
    : string;
}[keyof R["responses"]];

const errorsByScope = (scope: Scope): ErrorCode[] =>
  scope === "none"
    ? ["ORIGIN_FORBIDDEN"]
    : [
        "KEY_REQUIRED",
        "KEY_INVALID",
        "TOKEN_INVALID",
        "SCOPE_REQUIRED",
        "ORIGIN_FORBIDDEN",
        "RATE_EXCEEDED",
        "ISSUER_UNAVAILABLE",
      ];

const errorsByQuery = (query: Parameters | undefined): ErrorCode[] => {
  if (query === undefined) return [];
  const codes = Object.values(query).map((parameter) => parameter.code);
  return ["PARAMETER_UNKNOWN", "PARAMETER_INVALID", ...codes];
};

/** Lists every code that a route may answer with, in the order of the catalogue. */
export const errorsOf = (route: Route): ErrorCode[] => {
  const headers = Object.values(route.headers ?? {}).map((header) => header.code);
  const codes = new Set<string>([
    ...errorsByScope(route.scope),
    ...errorsByQuery(route.query),
    ...headers,
    ...route.errors,
    "INTERNAL",
  ]);
  // The keys of the catalogue are its codes; Object.keys types them as strings.
  return (Object.keys(errorCatalogue) as ErrorCode[]).filter((code) => codes.has(code));
};

/** Groups the codes of a route by the status that they are answered with, lowest first. */
export const errorsByStatus = (route: Route): Map<ErrorStatus, ErrorCode[]> => {
  const codes = errorsOf(route).map((code) => ({ code, status: statusOf(code) }));
  codes.sort((a, b) => a.status - b.status);
  const groups = new Map<ErrorStatus, ErrorCode[]>();
  for (const { code, status } of codes) groups.set(status, [...(groups.get(status) ?? []), code]);
  return groups;
};
