export type { ParseContext, ParsedBatch, RejectedEntry } from "./batch.ts";
export * from "./entry.ts";
export { problemsListed } from "./findings.ts";
export { hashEntries } from "./hash-entries.ts";
export * from "./limits.ts";
export * from "./log-id.ts";
export { type BatchFormat, parseBatch } from "./parse-batch.ts";
export { renderEntry } from "./render-entry.ts";
export { formatTimestamp, parseIsoTimestamp } from "./timestamp.ts";
