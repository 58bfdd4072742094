import type { IdSeed } from "../entry/log-id.ts";
import { LogServiceError } from "../errors.ts";
import type { RedactionRules } from "../redact/index.ts";
import type { ChunkSink } from "../store.ts";
import type { CommitReport } from "./commit-shares.ts";
import type { EncodedBatch, EncodeTask } from "./encode-batch.ts";
import { createGroupCommit } from "./group-commit.ts";
import {
  type IngestReport,
  type IngestRequest,
  type IngestResult,
  ingest,
  rulesAt,
} from "./ingest.ts";
import { type Retention, retentionOf } from "./retention.ts";

export interface IngestServiceDeps {
  readonly store: ChunkSink;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly nextSeed: () => IdSeed;
  /** Runs `encodeBatch`, here or on another thread; it takes the task's body with it. */
  readonly encode: (task: EncodeTask) => Promise<EncodedBatch>;
  /** Resolves when the requests that have already arrived have been handled. */
  readonly nextTurn: () => Promise<void>;
  /** Without one, entries of any age are taken and found. */
  readonly retention?: Retention | undefined;
  /** What is taken out of entries before anything else is done with them. */
  readonly redaction?: RedactionRules | undefined;
  readonly observer: {
    onIngest(report: IngestReport): void;
    onCommit(report: CommitReport): void;
  };
}

/** The part of the service that stores. A host that never reads needs no other. */
export interface IngestService extends AsyncDisposable {
  ingest(tenant: string, request: IngestRequest): Promise<IngestResult>;
}

/** Creates the storing part. Disposing it waits for what was begun. */
export const createIngestService = (deps: IngestServiceDeps): IngestService => {
  const { store, now, nextSeed, encode, nextTurn, retention, redaction, observer } = deps;
  const onIngest = (report: IngestReport) => observer.onIngest(report);
  const groupCommit = createGroupCommit({
    store,
    nextSeed,
    nextTurn,
    context: (tenant) => rulesAt(now(), retentionOf(retention, tenant), redaction),
    onIngest,
    onCommit: (report) => observer.onCommit(report),
  });
  const ingestDeps = { store, groupCommit, encode, now, nextSeed, retention, redaction, onIngest };
  let isClosed = false;
  return {
    ingest: async (tenant, request) => {
      if (isClosed) throw new LogServiceError("SHUTTING_DOWN", "the service is shutting down");
      return ingest(ingestDeps, tenant, request);
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await groupCommit.settled();
    },
  };
};
