import type { Chunk } from "../chunk/chunk.ts";
import {
  type BatchFormat,
  type IdSeed,
  logIdAt,
  type ParseContext,
  type RejectedEntry,
  type Severity,
} from "../entry/index.ts";
import type { RedactionRules } from "../redact/index.ts";
import type { ChunkSink } from "../store.ts";
import type { ServiceCounts } from "./count-services.ts";
import type { EncodedBatch, EncodeTask } from "./encode-batch.ts";
import type { GroupCommit } from "./group-commit.ts";
import { checksumOf, reserveKey } from "./idempotency.ts";
import { type Retention, retentionOf } from "./retention.ts";

/** Bodies up to this many bytes share chunks with others of the same commit; larger ones fill chunks of their own. */
const sharedBodyBytesMax = 32 * 1024;

export interface IngestRequest {
  /** The body, decompressed. The service owns it from here on: its buffer may be moved to another thread. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly format: BatchFormat;
  /** For "text", whose lines carry neither. */
  readonly textDefaults?: { readonly severity: Severity; readonly service: string | undefined };
  readonly idempotencyKey?: string | undefined;
  /** Equal batches are the same batch. */
  readonly dedupe?: "content" | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Rejections {
  readonly rejectedCount: number;
  /** The first 100. */
  readonly rejected: readonly RejectedEntry[];
}

export interface IngestResult extends Rejections {
  readonly accepted: number;
  /** True when deduplication by content found every entry stored already. */
  readonly isDuplicate: boolean;
  /** The stored entry, when the body was a single one and it was accepted. */
  readonly single: { readonly logId: string; readonly timestamp: number } | undefined;
  readonly isSingle: boolean;
}

export interface IngestDeps {
  readonly store: ChunkSink;
  readonly groupCommit: GroupCommit;
  /** Runs `encodeBatch`, here or on another thread. It takes the body's buffer with it. */
  readonly encode: (task: EncodeTask) => Promise<EncodedBatch>;
  readonly now: () => number;
  readonly nextSeed: () => IdSeed;
  /** Entries older than it are refused, naming the setting. */
  readonly retention?: Retention | undefined;
  /** What is taken out of entries before anything else is done with them. */
  readonly redaction?: RedactionRules | undefined;
  readonly onIngest: (report: IngestReport) => void;
}

/** What one request brought, or several of a tenant that shared their chunks. */
export interface IngestReport {
  readonly tenant: string;
  readonly bodyBytes: number;
  readonly accepted: number;
  /** What was accepted, by service. */
  readonly services: ServiceCounts;
  readonly rejected: number;
  /** All of it had been stored before: by a request that this one repeats, or one with the same content. */
  readonly isRepeat: boolean;
}

/** A result, and what only the report of it tells. */
interface Ingested extends Pick<IngestReport, "services" | "isRepeat"> {
  readonly result: IngestResult;
}

/** The rules by which bodies are read at a time. */
export const rulesAt = (
  now: number,
  retention: Pick<Retention, "ms" | "setting"> | undefined,
  redaction: RedactionRules | undefined,
): ParseContext => ({
  now,
  oldest: retention === undefined ? 0 : Math.max(0, now - retention.ms),
  ...(retention && { oldestSetting: retention.setting }),
  requireTimestamp: false,
  ...(redaction && { redaction }),
});

const contextOf = (
  { retention, redaction }: IngestDeps,
  tenant: string,
  request: IngestRequest,
  now: number,
): ParseContext => ({
  ...rulesAt(now, retentionOf(retention, tenant), redaction),
  requireTimestamp: request.dedupe === "content" && request.idempotencyKey === undefined,
  ...(request.textDefaults && { textDefaults: request.textDefaults }),
});

/** Small requests: their entries are stored in chunks that they share with others. */
const ingestShared = async (
  { groupCommit }: IngestDeps,
  tenant: string,
  { body, format, textDefaults }: IngestRequest,
): Promise<IngestResult> => {
  const stored = await groupCommit.addBody(tenant, { bytes: body, format, textDefaults });
  const { isSingle, accepted, rejectedCount, rejected, first } = stored;
  const single = isSingle ? first : undefined;
  return { accepted, rejectedCount, rejected, isDuplicate: false, isSingle, single };
};

/** Requests whose chunks have ids of their own: large ones, and those that may be repeated. */
const ingestOwn = async (deps: IngestDeps, tenant: string, task: EncodeTask): Promise<Ingested> => {
  const encoded = await deps.encode(task);
  const { accepted, isSingle, rejectedCount, rejected, chunks, single, services } = encoded;
  const committed =
    chunks.length > 0 ? await deps.groupCommit.addChunks(tenant, chunks as readonly Chunk[]) : [];
  const [first] = committed;
  const isRepeat = accepted > 0 && committed.every((one) => one.wasPresent);
  const result = {
    accepted,
    rejectedCount,
    rejected,
    isDuplicate: task.ids.from === "content" && isRepeat,
    isSingle,
    single: single && first ? { ...single, logId: logIdAt(first.id, 0) } : undefined,
  };
  return { result, services, isRepeat };
};

/** Makes the task of a request that has an `Idempotency-Key`: the same one for every repeat. */
const repeatableTask = async (
  deps: IngestDeps,
  tenant: string,
  request: IngestRequest & { readonly idempotencyKey: string },
): Promise<EncodeTask> => {
  const { body, format, textDefaults, idempotencyKey: key, signal } = request;
  const checksum = checksumOf(body, { format, textDefaults });
  const wanted = { now: deps.now(), seed: deps.nextSeed(), checksum };
  const reserved = await reserveKey(deps.store, { tenant, key, signal, ...wanted });
  return {
    body,
    format,
    context: contextOf(deps, tenant, request, reserved.now),
    ids: { from: "seed", seed: reserved.seed },
  };
};

/** The task of a request that fills chunks of its own; undefined for one that shares them. */
const ownTask = async (
  deps: IngestDeps,
  tenant: string,
  request: IngestRequest,
): Promise<EncodeTask | undefined> => {
  const { body, format, idempotencyKey, dedupe } = request;
  if (idempotencyKey !== undefined)
    return repeatableTask(deps, tenant, { ...request, idempotencyKey });
  const isByContent = dedupe === "content";
  if (!isByContent && body.length <= sharedBodyBytesMax) return undefined;
  const context = contextOf(deps, tenant, request, deps.now());
  if (isByContent) return { body, format, context, ids: { from: "content", tenant } };
  return { body, format, context, ids: { from: "seed", seed: deps.nextSeed() } };
};

/**
 * Stores the entries of a body; resolves when those that were accepted are durable. Throws BODY_INVALID, BATCH_EMPTY
 * and BATCH_TOO_LARGE for a body as a whole; single bad entries are in the result.
 */
export const ingest = async (
  deps: IngestDeps,
  tenant: string,
  request: IngestRequest,
): Promise<IngestResult> => {
  const bodyBytes = request.body.length;
  const task = await ownTask(deps, tenant, request);
  if (task === undefined) return ingestShared(deps, tenant, request);
  const { result, services, isRepeat } = await ingestOwn(deps, tenant, task);
  const { accepted, rejectedCount: rejected } = result;
  deps.onIngest({ tenant, bodyBytes, accepted, services, rejected, isRepeat });
  return result;
};
