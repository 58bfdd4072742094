import { Buffer } from "node:buffer";
import type { UsageRow, UsageStore } from "@log-service/core/service";
import type { AttributeValue, Item } from "./answer.ts";
import { createDynamoClient, type DynamoClientOptions } from "./client.ts";
import { bytesOf, bytesValue, expiry, numberOf, numberValue } from "./items.ts";

export interface DynamoUsageOptions extends DynamoClientOptions {
  /** The table of the chunks; usage has partitions of its own there. */
  readonly table: string;
}

/**
 * Usage in the table of the chunks, as `docs/formats/dynamodb.md` says: one item for each tenant and day, whose numbers are
 * only ever added to. When the answer to an addition is lost, it is made again, and may then count twice.
 */
export interface DynamoUsageStore extends UsageStore {
  /** Reads a day with the right to update alone: by adding nothing to it, for one write unit. */
  readAsWriter(tenant: string, day: string): Promise<readonly UsageRow[]>;
}

/** How long what was sent can be looked up. */
const keptMs = 400 * 86_400_000;

const keyOf = (tenant: string, day: string): Item => ({
  pk: { S: `${tenant}#usage` },
  sk: bytesValue(Buffer.from(day)),
});

/**
 * The rows of an item: `e` and a slot holds its entries, `b` and a slot its bytes. Where nothing was sent there is no row: a
 * day that was only asked for as a writer has such a slot.
 */
const rowsOf = (tenant: string, item: Item): UsageRow[] => {
  const day = Buffer.from(bytesOf(item.sk)).toString();
  return Object.keys(item)
    .filter((name) => /^b(?:$|[=*])/.test(name))
    .map((name) => name.slice(1))
    .map((slot) => ({
      tenant,
      day,
      slot,
      entries: numberOf(item[`e${slot}`] ?? numberValue(0)),
      bytes: numberOf(item[`b${slot}`]),
    }))
    .filter(({ entries, bytes }) => entries > 0 || bytes > 0);
};

/** The update that adds the counts of one day, in DynamoDB's words. */
const additionOf = (tenant: string, day: string, rows: readonly UsageRow[]) => {
  const names: Record<string, string> = { "#t": "expiresAt" };
  const { expiresAt } = expiry(Date.parse(day) + keptMs);
  const values: Record<string, AttributeValue> = { ":t": expiresAt as AttributeValue }; // it has been made
  const additions = rows.map(({ slot, entries, bytes }, index) => {
    names[`#e${index}`] = `e${slot}`;
    names[`#b${index}`] = `b${slot}`;
    values[`:e${index}`] = numberValue(entries);
    values[`:b${index}`] = numberValue(bytes);
    return `#e${index} :e${index}, #b${index} :b${index}`;
  });
  return {
    Key: keyOf(tenant, day),
    UpdateExpression: `SET #t = :t ADD ${additions.join(", ")}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ReturnValues: "ALL_NEW",
  };
};

export const createDynamoUsage = (options: DynamoUsageOptions): DynamoUsageStore => {
  const { table: TableName } = options;
  const client = createDynamoClient(options);
  const update = async (tenant: string, day: string, rows: readonly UsageRow[]) => {
    const input = { TableName, ...additionOf(tenant, day, rows) };
    const outcome = await client.call("UpdateItem", input);
    const item = outcome.kind === "done" ? outcome.answer.Attributes : undefined;
    return rowsOf(tenant, item ?? {});
  };
  return {
    add: async (rows) => {
      const days = Map.groupBy(rows, ({ tenant, day }) => `${tenant} ${day}`);
      const left = new Set(rows);
      for (const [key, ofDay] of days) {
        const [tenant = "", day = ""] = key.split(" ");
        try {
          await update(tenant, day, ofDay);
        } catch (error) {
          if (left.size === rows.length) throw error;
          break;
        }
        for (const row of ofDay) left.delete(row);
      }
      return [...left];
    },
    read: async (tenant, from, to) => {
      const rows: UsageRow[] = [];
      for (let start: object = {}; ; ) {
        const input = {
          TableName,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :low AND :high",
          ExpressionAttributeValues: {
            ":pk": { S: `${tenant}#usage` },
            ":low": bytesValue(Buffer.from(from)),
            ":high": bytesValue(Buffer.from(to)),
          },
          ...start,
        };
        const outcome = await client.call("Query", input);
        const answer = outcome.kind === "done" ? outcome.answer : {};
        rows.push(...(answer.Items ?? []).flatMap((item) => rowsOf(tenant, item)));
        if (answer.LastEvaluatedKey === undefined) return rows;
        start = { ExclusiveStartKey: answer.LastEvaluatedKey };
      }
    },
    readAsWriter: (tenant, day) =>
      update(tenant, day, [{ tenant, day, slot: "", entries: 0, bytes: 0 }]),
  };
};
