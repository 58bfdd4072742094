import type { ChunkStore } from "@log-service/core";
import type { LogService } from "@log-service/core/service";
import { createDynamoStore } from "@log-service/stores/dynamodb";
import { createMemoryStore } from "@log-service/stores/memory";
import { openSqliteStore } from "@log-service/stores/sqlite";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createFakeDynamo } from "../../../packages/stores/src/dynamodb/test/fake-dynamodb.ts";
import { createTestOptions } from "../../../packages/stores/src/dynamodb/test/test-options.ts";
import { createTestFolder } from "../../../packages/stores/src/sqlite/test-folder.ts";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

interface Shop extends AsyncDisposable {
  open(): Promise<ChunkStore>;
  /** Times that entries may have, before now. */
  readonly agesMs: readonly number[];
}

const anyAge = [0, 1, 5, 4000, 70_000, 3_600_000, 40 * 86_400_000];

const shops: Readonly<Record<string, () => Promise<Shop>>> = {
  "in memory, of one process": async () => {
    const store = createMemoryStore();
    const kept = { ...store, [Symbol.asyncDispose]: async () => undefined };
    return { agesMs: anyAge, open: async () => kept, [Symbol.asyncDispose]: async () => undefined };
  },
  "in SQLite, over restarts": async () => {
    const folder = createTestFolder();
    return {
      agesMs: anyAge,
      open: () => openSqliteStore({ folder: folder.path }),
      [Symbol.asyncDispose]: async () => folder[Symbol.dispose](),
    };
  },
  "in DynamoDB, of the last seconds": async () => {
    const { fetch } = createFakeDynamo();
    return {
      agesMs: [0, 1, 5, 900, 4000],
      open: async () => createDynamoStore(createTestOptions({ fetch, now: () => fixedNow })),
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};

interface Sent {
  readonly severity: "info" | "error";
  readonly age: number;
}

type Step =
  | { readonly do: "post"; readonly batches: readonly (readonly Sent[])[] }
  | {
      readonly do: "read";
      readonly limit: number;
      readonly bytesMax: number;
      readonly part: number;
    }
  | { readonly do: "settle" }
  | { readonly do: "restart" };

const sent = fc.record({ severity: fc.constantFrom("info", "error"), age: fc.nat(6) });

const batch = fc.oneof(
  { weight: 4, arbitrary: fc.array(sent, { minLength: 1, maxLength: 12 }) },
  fc.array(sent, { minLength: 150, maxLength: 200 }),
);

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("post" as const),
        batches: fc.array(batch, { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant("read" as const),
        limit: fc.constantFrom(1, 2, 7, 100, 1000),
        bytesMax: fc.constantFrom(1, 500, 2000, 4_000_000),
        /** After which part of the page the reader is cut off, and goes on from. */
        part: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    },
    fc.record({ do: fc.constant("settle" as const) }),
    fc.record({ do: fc.constant("restart" as const) }),
  ),
  { minLength: 1, maxLength: 20 },
);

const filters = {
  everything: { op: "all" },
  errors: { op: "equals", field: "severity", value: "error" },
} as const;

type FilterName = keyof typeof filters;

/** A run of steps: posts are under way while the tail is read. */
class Run {
  readonly #shop: Shop;
  readonly #name: FilterName;
  readonly #expected: number[] = [];
  readonly #seen: number[] = [];
  #store: ChunkStore | undefined;
  #service: LogService | undefined;
  #posts: Promise<unknown>[] = [];
  #cursor: string | undefined;
  #seq = 0;
  #drawn = 0;

  constructor(shop: Shop, name: FilterName) {
    this.#shop = shop;
    this.#name = name;
  }

  async #opened(): Promise<LogService> {
    this.#store ??= await this.#shop.open();
    this.#service ??= createTestService({ store: this.#store, random: () => ++this.#drawn * 4099 });
    return this.#service;
  }

  async post({ batches }: Extract<Step, { do: "post" }>): Promise<void> {
    const service = await this.#opened();
    for (const entries of batches) {
      const body = entries.map(({ severity, age }) => {
        this.#seq += 1;
        const isExpected = this.#name === "everything" || severity === "error";
        this.#expected.push(...(isExpected ? [this.#seq] : []));
        const ages = this.#shop.agesMs;
        const timestamp = fixedNow - ages[age % ages.length]!;
        return { severity, message: "m", timestamp, seq: this.#seq };
      });
      this.#posts.push(service.ingest("default", { body: ndjson(body), format: "ndjson" }));
    }
  }

  /** Reads a page, and goes on behind a part of it. Returns whether there is more. */
  async read({ limit, bytesMax, part }: Omit<Extract<Step, { do: "read" }>, "do">) {
    const service = await this.#opened();
    const page = await service.tail("default", {
      filter: filters[this.#name],
      cursor: this.#cursor,
      limit,
      bytesMax,
      parameters: { name: this.#name },
    });
    expect(page.isResync).toBe(false);
    expect(page.lines.length).toBeLessThanOrEqual(limit);
    const count = Math.floor(part * page.lines.length);
    const isWhole = count === page.lines.length;
    const cut = count === 0 ? this.#cursor : page.cursorAt(count - 1);
    this.#cursor = isWhole ? page.nextCursor : cut;
    expect((this.#cursor ?? "").length).toBeLessThanOrEqual(2000);
    const lines = page.lines.slice(0, count);
    this.#seen.push(...lines.map((line) => JSON.parse(line).attributes.seq));
    return page.hasMore || !isWhole;
  }

  async settle(): Promise<void> {
    await Promise.all(this.#posts);
    this.#posts = [];
  }

  async restart(): Promise<void> {
    await this.settle();
    await this.#service?.[Symbol.asyncDispose]();
    await this.#store?.[Symbol.asyncDispose]();
    this.#service = undefined;
    this.#store = undefined;
  }

  async end(): Promise<void> {
    await this.settle();
    for (let hasMore = true; hasMore; )
      hasMore = await this.read({ limit: 50, bytesMax: 10_000, part: 1 });
    await this.restart();
    expect(this.#seen.toSorted((a, b) => a - b)).toEqual(this.#expected);
  }
}

it.each(Object.entries(shops))(
  "a tail sees every entry once that matches, %s",
  async (_, createShop) => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.constantFrom<FilterName>("everything", "errors"),
        async (list, name) => {
          await using shop = await createShop();
          const run = new Run(shop, name);
          await run.read({ limit: 1, bytesMax: 1, part: 1 });
          for (const step of list) await (run[step.do] as (step: Step) => Promise<unknown>)(step); // each takes its own kind
          await run.end();
        },
      ),
      { numRuns: 25 },
    );
  },
);
