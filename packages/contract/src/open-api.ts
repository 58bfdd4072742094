/** The description of the API for machines, derived from the routes. */

import type { ErrorCode } from "@log-service/core/errors";
import { problemAnswerSchema } from "./answers.ts";
import { errorGuide } from "./error-guide.ts";
import { createSchemaBook, type SchemaBook } from "./open-api-schemas.ts";
import { type ErrorStatus, problemContentType, problemOf } from "./problem.ts";
import {
  type Content,
  errorsByStatus,
  type Parameters,
  type PathParameter,
  type Route,
} from "./route.ts";
import { requestId } from "./routes/examples.ts";
import { routes } from "./routes/index.ts";
import { version } from "./version.ts";

export interface OpenApiDocument {
  readonly openapi: "3.1.1";
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, object>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security: readonly object[];
  readonly parameters: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}

const statusTitles: Record<ErrorStatus, string> = {
  400: "The request is wrong.",
  401: "The request has no valid key.",
  403: "The key or the origin may not do this.",
  404: "There is nothing of that name.",
  405: "The route has no such method.",
  408: "The body did not arrive in time.",
  413: "The request is too large.",
  415: "The content type or encoding is not supported.",
  422: "The request contradicts an earlier one.",
  429: "There are too many requests.",
  500: "The server failed.",
  503: "The server cannot serve this now; nothing was decided about the request.",
};

const securitySchemes = {
  bearer: { type: "http", scheme: "bearer", description: "An API key, `lsk_...`." },
  header: { type: "apiKey", in: "header", name: "x-api-key", description: "An API key." },
  basic: {
    type: "http",
    scheme: "basic",
    description: "Any user name, with an API key as password.",
  },
};

const requestIdHeader = {
  "x-request-id": {
    description: "Names the request in the server's log.",
    schema: { type: "string" },
  },
};

const retryAfterHeader = {
  "retry-after": { description: "The seconds to wait.", schema: { type: "integer" } },
};

const mediaType = (content: Content, name: string, book: SchemaBook): object => ({
  schema: content.schema === undefined ? { type: "string" } : book.schemaOf(name),
  examples: content.examples,
});

const errorAnswer = (status: ErrorStatus, codes: readonly ErrorCode[], book: SchemaBook) => ({
  description: statusTitles[status],
  headers:
    status === 429 || status === 503
      ? { ...requestIdHeader, ...retryAfterHeader }
      : requestIdHeader,
  content: {
    [problemContentType]: {
      schema: book.reference(problemAnswerSchema),
      examples: Object.fromEntries(
        codes.map((code) => {
          const { detail, extensions } = errorGuide[code];
          const value = problemOf(code, detail, requestId, extensions);
          return [code, { summary: value.title, value }];
        }),
      ),
    },
  },
});

const parameterObjects = (
  parameters: Parameters | undefined,
  place: "query" | "header",
  route: Route,
  book: SchemaBook,
): object[] =>
  Object.entries(parameters ?? {}).map(([name, { description, example }]) => ({
    name,
    in: place,
    required: false,
    description,
    schema: book.schemaOf(`${route.operationId} ${place} ${name}`),
    example,
  }));

const pathObjects = (
  params: Readonly<Record<string, PathParameter>>,
  route: Route,
  book: SchemaBook,
) =>
  Object.entries(params).map(([name, { description, example }]) => ({
    name,
    in: "path",
    required: true,
    description,
    schema: book.schemaOf(`${route.operationId} path ${name}`),
    example,
  }));

const requestBody = ({ body, operationId }: Route, book: SchemaBook) => {
  if (body === undefined) return {};
  const content = Object.entries(body.contents).map(([type, one]) => [
    type,
    mediaType(one, `${operationId} body ${type}`, book),
  ]);
  const encodings = `Content-Encoding may be ${body.encodings.join(", ")}.`;
  return {
    requestBody: {
      required: true,
      description: `${body.description} ${encodings}`,
      content: Object.fromEntries(content),
    },
  };
};

const operation = (route: Route, book: SchemaBook): Operation => {
  const { operationId, summary, description, scope } = route;
  const good = Object.entries(route.responses).map(([status, answer]) => [
    status,
    {
      description: answer.description,
      headers: requestIdHeader,
      content: {
        [answer.contentType]: mediaType(answer, `${operationId} ${status}`, book),
        ...Object.fromEntries(
          Object.entries(answer.alternatives ?? {}).map(([type, content]) => [
            type,
            mediaType(content, `${operationId} ${status} ${type}`, book),
          ]),
        ),
      },
    },
  ]);
  const bad = [...errorsByStatus(route)].map(([status, codes]) => [
    status,
    errorAnswer(status, codes, book),
  ]);
  return {
    operationId,
    summary,
    description,
    security:
      scope === "none" ? [] : Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [scope] })),
    parameters: [
      ...pathObjects(route.params ?? {}, route, book),
      ...parameterObjects(route.query, "query", route, book),
      ...parameterObjects(route.headers, "header", route, book),
    ],
    ...requestBody(route, book),
    responses: Object.fromEntries([...good, ...bad]),
  };
};

/** Derives the OpenAPI 3.1 document of all routes. It is made anew each time; keep it where it is served often. */
export const openApi = (): OpenApiDocument => {
  const book = createSchemaBook(routes);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: operation(route, book),
    };
  }
  return {
    openapi: "3.1.1",
    info: { title: "Log Service", version },
    paths,
    components: { schemas: book.components, securitySchemes },
  };
};
