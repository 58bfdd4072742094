import type { IdSeed } from "../entry/log-id.ts";
import { LogServiceError } from "../errors.ts";
import type { CallOptions, ChunkStore, Damage } from "../store.ts";
import type { CommitReport } from "./commit-shares.ts";
import type { EncodedBatch, EncodeTask } from "./encode-batch.ts";
import { get } from "./get.ts";
import { createGroupCommit } from "./group-commit.ts";
import { type IngestReport, type IngestRequest, type IngestResult, ingest } from "./ingest.ts";
import type { SearchBudget } from "./scan-page.ts";
import { type SearchPage, type SearchRequest, search } from "./search.ts";

/** What happens in the service, for its metrics and its log. No payload is in it. */
export interface ServiceObserver {
  onIngest(report: IngestReport): void;
  onCommit(report: CommitReport): void;
  onDamage(damage: Damage & { readonly tenant: string }): void;
}

export interface LogServiceDeps {
  readonly store: ChunkStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly nextSeed: () => IdSeed;
  /** Runs `encodeBatch`, here or on another thread; it takes the task's body with it. */
  readonly encode: (task: EncodeTask) => Promise<EncodedBatch>;
  /** Resolves when the requests that have already arrived have been handled. */
  readonly nextTurn: () => Promise<void>;
  readonly searchBudget: SearchBudget;
  readonly observer: ServiceObserver;
}

/** The use cases. Each takes the tenant first: what is not said for a tenant cannot be asked. */
export interface LogService extends AsyncDisposable {
  ingest(tenant: string, request: IngestRequest): Promise<IngestResult>;
  search(tenant: string, request: SearchRequest): Promise<SearchPage>;
  /** One entry as wire JSON. */
  get(tenant: string, logId: string, options?: CallOptions): Promise<string>;
  /** Resolves when entries can be stored and read now, with the name of the store. */
  check(options?: CallOptions): Promise<string>;
}

/** Creates the service. Disposing it waits for what was begun; the store stays its owner's to close. */
export const createLogService = (deps: LogServiceDeps): LogService => {
  const { store, now, nextSeed, encode, nextTurn, observer } = deps;
  const groupCommit = createGroupCommit({
    store,
    nextSeed,
    nextTurn,
    onCommit: (report) => observer.onCommit(report),
  });
  const onIngest = (report: IngestReport) => observer.onIngest(report);
  const ingestDeps = { store, groupCommit, encode, now, nextSeed, onIngest };
  const searchDeps = {
    store,
    now,
    budget: deps.searchBudget,
    onDamage: (damage: Damage & { readonly tenant: string }) => observer.onDamage(damage),
  };
  let isClosed = false;
  const assertOpen = () => {
    if (isClosed) throw new LogServiceError("SHUTTING_DOWN", "the service is shutting down");
  };
  return {
    ingest: async (tenant, request) => {
      assertOpen();
      return ingest(ingestDeps, tenant, request);
    },
    search: async (tenant, request) => search(searchDeps, tenant, request),
    get: async (tenant, logId, options) => get({ store }, tenant, logId, options),
    check: async (options) => {
      assertOpen();
      await store.check(options);
      return store.capabilities.name;
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await groupCommit.settled();
    },
  };
};
