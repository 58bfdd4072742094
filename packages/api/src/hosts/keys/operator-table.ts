import { createDynamoClient } from "@log-service/stores/dynamodb";
import type { KeyStore } from "../../access/key-store.ts";
import { credentialsIn } from "../lambda/config.ts";
import { fromKeyItem, toKeyItem } from "../lambda/key-table.ts";

interface OperatorTableOptions {
  readonly table: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Says what of the environment an operator has yet to set; undefined when all is there. */
export const missingFor = (env: OperatorTableOptions["env"]): string | undefined => {
  const names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].filter((name) => !env[name]);
  if (!(env.AWS_REGION || env.AWS_DEFAULT_REGION)) return "AWS_REGION is not set";
  if (names.length === 0) return undefined;
  return `not set: ${names.join(", ")}; aws configure export-credentials --format env prints them`;
};

/** The keys' table with the operator's own credentials: the functions may not write it, and Terraform never sees it. */
export const openOperatorTable = ({ table, env }: OperatorTableOptions): KeyStore => {
  const client = createDynamoClient({
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION || "",
    endpoint: env.AWS_ENDPOINT_URL_DYNAMODB || undefined,
    credentials: credentialsIn(env),
  });
  return {
    add: async (record) => {
      const condition = { ConditionExpression: "attribute_not_exists(pk)" };
      const input = { TableName: table, Item: toKeyItem(record), ...condition };
      const outcome = await client.call("PutItem", input);
      if (outcome.kind === "condition" && !outcome.isDoubtful)
        throw new Error(`there is a key ${record.id} already`);
    },
    endAt: async (id, expiresAt) => {
      const outcome = await client.call("UpdateItem", {
        TableName: table,
        Key: { pk: { S: id } },
        UpdateExpression: "SET validUntil = :end",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":end": { N: String(expiresAt) } },
      });
      return outcome.kind === "done";
    },
    list: async () => {
      const keys = [];
      for (let from: object = {}; ; ) {
        const outcome = await client.call("Scan", { TableName: table, ...from });
        const answer = outcome.kind === "done" ? outcome.answer : {};
        keys.push(...(answer.Items ?? []).map(fromKeyItem));
        if (answer.LastEvaluatedKey === undefined) return keys;
        from = { ExclusiveStartKey: answer.LastEvaluatedKey };
      }
    },
    remove: async (id) => {
      const input = { TableName: table, Key: { pk: { S: id } }, ReturnValues: "ALL_OLD" };
      const outcome = await client.call("DeleteItem", input);
      return outcome.kind === "done" && outcome.answer.Attributes !== undefined;
    },
  };
};
