import { LogServiceError } from "../errors.ts";
import type { ScanPool } from "../scan/pool.ts";
import type { CallOptions, ChunkStore, Damage } from "../store.ts";
import type { CommitReport } from "./commit-shares.ts";
import { type Context, type ContextRequest, context } from "./context.ts";
import { type ExportRequest, exportEntries } from "./export.ts";
import {
  type Fields,
  type FieldsRequest,
  type FieldValues,
  type FieldValuesRequest,
  fields,
  fieldValues,
} from "./fields.ts";
import { get } from "./get.ts";
import type { IngestReport } from "./ingest.ts";
import {
  createIngestService,
  type IngestService,
  type IngestServiceDeps,
} from "./ingest-service.ts";
import { type Patterns, type PatternsRequest, patterns } from "./patterns.ts";
import { createReaderCache } from "./reader-cache.ts";
import { createKept } from "./retention.ts";
import type { ScanReport, SearchBudget } from "./scan-page.ts";
import { type SearchPage, type SearchRequest, search } from "./search.ts";
import { type Stats, type StatsRequest, stats } from "./stats.ts";
import { type TailPage, type TailRequest, tail } from "./tail.ts";
import { createTailTurns } from "./tail-turns.ts";

/** What happens in the service, for its metrics and its log. No payload is in it. */
export interface ServiceObserver {
  onIngest(report: IngestReport): void;
  onCommit(report: CommitReport): void;
  onDamage(damage: Damage & { readonly tenant: string }): void;
  onScan(report: ScanReport): void;
}

/** What open chunks may take, roughly: enough for the newest entries of twenty busy senders. */
const openChunkBytesMax = 48 * 1024 * 1024;

export interface LogServiceDeps extends IngestServiceDeps {
  readonly store: ChunkStore;
  readonly searchBudget: SearchBudget;
  readonly scanPool?: ScanPool | undefined;
  readonly observer: ServiceObserver;
}

/** The use cases. Each takes the tenant first: what is not said for a tenant cannot be asked. */
export interface LogService extends IngestService {
  search(tenant: string, request: SearchRequest): Promise<SearchPage>;
  /** What has arrived since a cursor; it does not wait. */
  tail(tenant: string, request: TailRequest): Promise<TailPage>;
  /** Calls the listener when something of the tenant arrives, until it is disposed. */
  onArrival(tenant: string, listener: () => void): Disposable;
  /** Everything that matches, as the bytes of a file; it reads on only while they are taken. */
  export(tenant: string, request: ExportRequest): AsyncIterable<Uint8Array>;
  /** An entry and its neighbours. */
  context(tenant: string, request: ContextRequest): Promise<Context>;
  /** Which fields the entries of a range have. */
  fields(tenant: string, request: FieldsRequest): Promise<Fields>;
  /** The values of one field in a range. */
  fieldValues(tenant: string, request: FieldValuesRequest): Promise<FieldValues>;
  /** Counts and measures by groups and intervals. */
  stats(tenant: string, request: StatsRequest): Promise<Stats>;
  /** The messages of a range by their shape. */
  patterns(tenant: string, request: PatternsRequest): Promise<Patterns>;
  /** One entry as wire JSON. */
  get(tenant: string, logId: string, options?: CallOptions): Promise<string>;
  /** Resolves when entries can be stored and read now, with the name of the store. */
  check(options?: CallOptions): Promise<string>;
}

/** Creates the service. Disposing it waits for what was begun; the store stays its owner's to close. */
export const createLogService = (deps: LogServiceDeps): LogService => {
  const { store, now, retention, observer } = deps;
  const ingestService = createIngestService(deps);
  const searchDeps = {
    store,
    now,
    nextTurn: deps.nextTurn,
    readers: createReaderCache(openChunkBytesMax),
    budget: deps.searchBudget,
    onDamage: (damage: Damage & { readonly tenant: string }) => observer.onDamage(damage),
    onScan: (report: ScanReport) => observer.onScan(report),
    pool: deps.scanPool,
  };
  const inTurn = createTailTurns(deps);
  let isClosed = false;
  const { oldest, kept } = createKept(retention, now);
  return {
    ingest: ingestService.ingest,
    search: async (tenant, request) =>
      search({ ...searchDeps, oldest: oldest(tenant) }, tenant, {
        ...request,
        ...kept(tenant, request),
      }),
    tail: async (tenant, request) =>
      tail({ ...searchDeps, inTurn, oldest: oldest(tenant) }, tenant, request),
    onArrival: (tenant, listener) => store.onArrival(tenant, listener),
    export: (tenant, request) =>
      exportEntries({ ...searchDeps, oldest: () => oldest(tenant) }, tenant, {
        ...request,
        ...kept(tenant, request),
      }),
    fields: async (tenant, request) =>
      fields(searchDeps, tenant, { ...request, ...kept(tenant, request) }),
    fieldValues: async (tenant, request) =>
      fieldValues(searchDeps, tenant, { ...request, ...kept(tenant, request) }),
    stats: async (tenant, request) =>
      stats(searchDeps, tenant, { ...request, ...kept(tenant, request) }),
    patterns: async (tenant, request) =>
      patterns(searchDeps, tenant, {
        ...request,
        ...kept(tenant, request),
        compareTo: request.compareTo && kept(tenant, request.compareTo),
      }),
    context: async (tenant, request) =>
      context({ ...searchDeps, oldest: oldest(tenant) }, tenant, request),
    get: async (tenant, logId, options) =>
      get({ store, oldest: oldest(tenant) }, tenant, logId, options),
    check: async (options) => {
      if (isClosed) throw new LogServiceError("SHUTTING_DOWN", "the service is shutting down");
      await store.check(options);
      return store.capabilities.name;
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await ingestService[Symbol.asyncDispose]();
    },
  };
};
