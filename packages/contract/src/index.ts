export * from "./answers.ts";
export type { CompareTo } from "./compare-parameter.ts";
export * from "./entry/schema.ts";
export * from "./erasure-answer.ts";
export * from "./error-guide.ts";
export { type OpenApiDocument, openApi } from "./open-api.ts";
export type {
  Parameter,
  ParseContext,
} from "./parameter.ts";
export { type ParsedParameters, parseHeaders, parseQuery } from "./parse-query.ts";
export * from "./patterns-answer.ts";
export * from "./problem.ts";
export * from "./route.ts";
export * from "./routes/index.ts";
export { ingestRequest } from "./routes/ingest-request.ts";
export type { Measure } from "./stats-parameter.ts";
export { suggest } from "./suggest.ts";
export { parseTimestamp } from "./timestamp.ts";
export * from "./usage-answer.ts";
export { version } from "./version.ts";
