import type { CallOptions, Reservation } from "@log-service/core";
import type { Item } from "./answer.ts";
import type { DynamoClient } from "./client.ts";
import { expiry, numberValue, reservationKey } from "./items.ts";

const heldValue = (item: Item): string => (item.value && "S" in item.value ? item.value.S : "");

/**
 * Reserves a key by one put, on condition that it is free or its time is over: DynamoDB deletes what has expired days later.
 * The value that is there comes back with the condition that was not met, so that a writer needs no right to read. When an
 * earlier attempt took effect unnoticed, it is the caller's own.
 */
export const reserveKey = async (
  { client, table }: { readonly client: DynamoClient; readonly table: string },
  { tenant, key, value, now, expiresAt }: Reservation,
  options: CallOptions | undefined,
): Promise<string> => {
  const input = {
    TableName: table,
    Item: {
      ...reservationKey(tenant, key),
      value: { S: value },
      heldUntil: numberValue(expiresAt),
      ...expiry(expiresAt),
    },
    ConditionExpression: "attribute_not_exists(pk) OR heldUntil <= :now",
    ExpressionAttributeValues: { ":now": numberValue(now) },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
  const outcome = await client.call("PutItem", input, options);
  return outcome.kind === "condition" ? heldValue(outcome.item) : value;
};
