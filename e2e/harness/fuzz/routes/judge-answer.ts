import {
  errorsOf,
  logEntrySchema,
  problemAnswerSchema,
  type Route,
  routes,
  statusOf,
  warningSchema,
} from "@log-service/contract";
import { expect } from "vitest";
import { securityHeaders } from "../../../../packages/api/src/middleware/security-headers.ts";

/** An answer with its text, or the beginning of it where it is a stream. */
export interface Heard {
  readonly response: Response;
  readonly text: string;
  readonly method: string;
  /** The operation that has answered, as the app counts it; undefined for a preflight. */
  readonly operation: string | undefined;
}

interface Schema {
  safeParse(value: unknown): { readonly error?: unknown };
}

const expectFits = (schema: Schema, value: unknown) => {
  expect(schema.safeParse(value).error).toBeUndefined();
};

/** A line of an export: an entry, or what its reader must know of it. */
const expectLineFits = (line: { readonly warnings?: readonly unknown[] }) => {
  if (line.warnings === undefined) expectFits(logEntrySchema, line);
  else for (const warning of line.warnings) expectFits(warningSchema, warning);
};

const expectProblem = ({ response, text }: Heard, route: Route | undefined) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = JSON.parse(text);
  expectFits(problemAnswerSchema, problem);
  expect(problem.status).toBe(response.status);
  expect(statusOf(problem.code)).toBe(response.status);
  expect(problem.requestId).toBe(response.headers.get("x-request-id"));
  const codes = route === undefined ? ["ROUTE_NOT_FOUND", "METHOD_NOT_ALLOWED"] : errorsOf(route);
  expect([...codes, "ORIGIN_FORBIDDEN"]).toContain(problem.code);
};

const mediaTypeOf = (type = ""): string => type.replace(/;.*/, "");

const expectAnswer = ({ response, text }: Heard, route: Route | undefined) => {
  const answer = route?.responses[response.status];
  const type = response.headers.get("content-type") ?? "";
  const declared = [answer?.contentType ?? "", ...Object.keys(answer?.alternatives ?? {})];
  expect(declared.map(mediaTypeOf)).toContain(mediaTypeOf(type));
  const isMain = mediaTypeOf(type) === mediaTypeOf(declared[0]);
  if (isMain && answer?.schema !== undefined) expectFits(answer.schema, JSON.parse(text));
  if (type !== "application/x-ndjson") return;
  for (const line of text.split("\n").slice(0, -1)) expectLineFits(JSON.parse(line));
};

/** Holds an answer to its contract: whatever was asked, it is what the route says it answers, and never a 5xx. */
export const judgeAnswer = (heard: Heard): void => {
  const { response, text, method, operation } = heard;
  expect(response.status).toBeLessThan(500);
  for (const [name, value] of Object.entries(securityHeaders))
    expect(response.headers.get(name)).toBe(value);
  const isPreflight = operation === undefined;
  if (isPreflight) expect(response.status).toBe(204);
  else expect(response.headers.get("x-request-id")).toMatch(/^[\w.:-]{1,64}$/);
  const route = routes.find(({ operationId }) => operationId === operation);
  if (isPreflight || method === "HEAD") expect(text).toBe("");
  else if (response.status >= 400) expectProblem(heard, route);
  else expectAnswer(heard, route);
};
