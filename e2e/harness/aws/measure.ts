import type { ChunkStore } from "@log-service/core";
import {
  createLogService,
  createSeeds,
  encodeBatch,
  type LogService,
} from "@log-service/core/service";
import { all } from "@log-service/query";
import { createDynamoStore } from "@log-service/stores/dynamodb";
import { createGenerator, type Generator } from "../../../bench/src/generator/index.ts";
import type { DynamoLocal } from "./dynamodb-local.ts";
import { region } from "./moto.ts";

interface MeasuredService {
  readonly service: LogService;
  readonly generator: Generator;
  /** Stores the next batches, each of the producer that has its entries together first. */
  send(batches: number, entriesPerBatch: number): Promise<void>;
  /** The units that a step used, by the capacity that DynamoDB reports. */
  unitsOf(step: () => Promise<unknown>): Promise<number>;
  /** The time of the last entry, in milliseconds since 1970. */
  end(): number;
  /** The service again as a function finds it that has just started. */
  restart(): LogService;
}

const startTime = Date.UTC(2026, 10, 22, 9, 10);

/** The service on DynamoDB Local, fed with game logs of 20 producers. */
export const createMeasuredService = async (
  dynamo: DynamoLocal,
  table: string,
  entriesPerSecond: number,
): Promise<MeasuredService> => {
  await dynamo.createTable(table, "B");
  const generator = createGenerator({ seed: 7, startTime, entriesPerSecond, producers: 20 });
  let units = 0;
  let now = startTime;
  let drawn = 0;
  const create = (): LogService => {
    const store: ChunkStore = createDynamoStore({
      table,
      region,
      endpoint: dynamo.endpoint,
      credentials: () => ({ accessKeyId: "local", secretAccessKey: "local" }),
      retentionMs: 30 * 86_400_000,
      attemptMs: 20_000,
      deadlineMs: 60_000,
      observer: {
        onCapacity: (report) => {
          units += report.units;
        },
      },
    });
    return createLogService({
      store,
      now: () => now,
      nextSeed: createSeeds(
        () => now,
        () => (drawn = (drawn * 1_103_515_245 + 12_345) % 2 ** 42),
      ),
      encode: async (task) => encodeBatch(task),
      nextTurn: () => Promise.resolve(),
      searchBudget: { timeMs: 60_000, bytes: 2 ** 30 },
      observer: {
        onIngest: () => undefined,
        onCommit: () => undefined,
        onDamage: () => undefined,
        onScan: () => undefined,
      },
    });
  };
  const service = create();
  return {
    service,
    generator,
    end: () => now,
    restart: create,
    send: async (batches, entriesPerBatch) => {
      for (let batch = 0; batch < batches; batch++) {
        const producer = generator.nextSender(entriesPerBatch);
        const text = generator.batchNdjson(producer, entriesPerBatch);
        now = Math.max(now, generator.timeOf(producer));
        const body = new TextEncoder().encode(text);
        const { accepted } = await service.ingest("game", { body, format: "ndjson" });
        if (accepted !== entriesPerBatch) throw new Error(`${accepted} were accepted`);
      }
    },
    unitsOf: async (step) => {
      units = 0;
      await step();
      return units;
    },
  };
};

/** Reads one page, and returns the cursor to the next. */
export const readPage = async (
  service: LogService,
  {
    to = Number.MAX_SAFE_INTEGER,
    cursor,
  }: { to?: number; cursor?: string | null | undefined } = {},
): Promise<string | null> => {
  const page = await service.search("game", {
    filter: all,
    from: 0,
    to,
    order: "newest",
    limit: 100,
    parameters: {},
    cursor: cursor ?? undefined,
  });
  if (page.lines.length !== 100) throw new Error(`${page.lines.length} entries on a page`);
  return page.nextCursor;
};
