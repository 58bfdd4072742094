export type { CommitReport } from "./commit-shares.ts";
export {
  type CompactionDeps,
  type CompactionReport,
  createCompaction,
} from "./compaction/compact.ts";
export { createMaintenance, type MaintenanceDeps } from "./compaction/maintenance.ts";
export { type Merged, type MergeTask, mergeChunks } from "./compaction/merge-chunks.ts";
export type { Context, ContextRequest } from "./context.ts";
export { createDayBudget, type DayBudget, untilNextDayMs } from "./day-budget.ts";
export { type EncodedBatch, type EncodeTask, encodeBatch } from "./encode-batch.ts";
export type { ErasureRecord, ErasureStore, TenantErasureStore } from "./erasure/erasure.ts";
export {
  createErasureRequests,
  type ErasureReport,
  type ErasureRequest,
  type ErasureRequests,
} from "./erasure/erasure-requests.ts";
export { createErasures, type Erasures } from "./erasure/erasures.ts";
export { type RunErasuresDeps, runErasures } from "./erasure/run-erasures.ts";
export type { ExportFormat, ExportRequest } from "./export.ts";
export type {
  Fields,
  FieldsRequest,
  FieldValues,
  FieldValuesRequest,
  RangeRequest,
} from "./fields.ts";
export type { IngestReport, IngestRequest, IngestResult } from "./ingest.ts";
export {
  createIngestService,
  type IngestService,
  type IngestServiceDeps,
} from "./ingest-service.ts";
export {
  createLogService,
  type LogService,
  type LogServiceDeps,
  type ServiceObserver,
} from "./log-service.ts";
export type { Patterns, PatternsRequest } from "./patterns.ts";
export { expiryTimesAt, type Retention } from "./retention.ts";
export type { SearchBudget } from "./scan-page.ts";
export type { SearchPage, SearchRequest } from "./search.ts";
export { createSeeds } from "./seeds.ts";
export type { Stats, StatsRequest } from "./stats.ts";
export type { TailPage, TailRequest } from "./tail.ts";
export {
  createUsage,
  type Usage,
  type UsageCount,
  type UsageRange,
  type UsageRow,
  type UsageSlot,
  type UsageStore,
  usageDayOf,
} from "./usage.ts";
export type { Warning } from "./warning.ts";
