import { randomUUID } from "node:crypto";
import { createDynamoErasures, createDynamoStore } from "@log-service/stores/dynamodb";
import { createErasing, type EraseEvent } from "../../packages/api/src/hosts/lambda/erasing.ts";
import { createLog } from "../../packages/api/src/log.ts";
import type { FakeDynamo } from "../../packages/stores/src/dynamodb/test/fake-dynamodb.ts";
import { createTestOptions } from "../../packages/stores/src/dynamodb/test/test-options.ts";

interface Options {
  readonly fetch?: typeof fetch;
  /** When an invocation has no time left. */
  readonly timeout?: () => AbortSignal;
  readonly invoke?: (event: EraseEvent) => Promise<void>;
}

/** The maintenance function without its host, on a table in memory; the events that it sends itself are kept. */
export const createTestErasing = (fake: FakeDynamo, now: () => number, options: Options = {}) => {
  const events: EraseEvent[] = [];
  const logged: string[] = [];
  const connection = createTestOptions({ fetch: options.fetch ?? fake.fetch, now });
  const records = createDynamoErasures(connection);
  const erasing = createErasing({
    store: createDynamoStore(connection),
    records,
    now,
    newId: randomUUID,
    wait: async (_, signal) => signal.throwIfAborted(),
    log: createLog("info", (line) => logged.push(line), now),
    metrics: { onDamage: () => undefined },
    timeout: options.timeout ?? (() => new AbortController().signal),
    invoke: options.invoke ?? (async (event) => void events.push(event)),
  });
  const work = (requestId: string) =>
    erasing.work({ eraseOf: "game-1" }, { requestId, leftMs: 900_000 });
  /** Deals with all events, each in an invocation of its own; returns how many there were. */
  const drain = async (): Promise<number> => {
    let count = 0;
    for (; events.length > 0; count++) {
      events.shift();
      await work(`request-${count}`);
    }
    return count;
  };
  return { ...erasing, records, events, logged, workAs: work, drain };
};

/** What of the table has the text, in any of its attributes. */
export const holding = ({ items }: FakeDynamo, text: string): string[] =>
  [...items.values()]
    .flatMap((table) => [...table])
    .filter(([, item]) =>
      Object.values(item).some((value) =>
        ("B" in value ? Buffer.from(value.B, "base64") : JSON.stringify(value)).includes(text),
      ),
    )
    .map(([key]) => key);
