import { createGenerator } from "../../../bench/src/generator/index.ts";
import type { DynamoLocal } from "./dynamodb-local.ts";

// What this service is compared with: an item for each entry, and an index on a constant key to find the newest.

const index = "TimestampIndex";

/** Makes the table that a tutorial makes, and fills it; returns the write units of each 1,000 entries and the read units of the newest 100. */
export const measureUsualDesign = async (
  dynamo: DynamoLocal,
  table: string,
): Promise<{ readonly writeUnits: number; readonly readUnits: number }> => {
  await dynamo.call("CreateTable", {
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: ["logId", "type", "timestamp"].map((AttributeName) => ({
      AttributeName,
      AttributeType: "S",
    })),
    KeySchema: [{ AttributeName: "logId", KeyType: "HASH" }],
    GlobalSecondaryIndexes: [
      {
        IndexName: index,
        KeySchema: [
          { AttributeName: "type", KeyType: "HASH" },
          { AttributeName: "timestamp", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  });
  const entries = 1000;
  const startTime = Date.UTC(2026, 10, 22, 9);
  const generator = createGenerator({ seed: 7, startTime, entriesPerSecond: 1500, producers: 20 });
  const capacityOf = (answer: unknown) =>
    (answer as { ConsumedCapacity: { CapacityUnits: number } }).ConsumedCapacity.CapacityUnits; // it was asked for
  let writeUnits = 0;
  for (let number = 0; number < entries; number++) {
    const entry: Record<string, unknown> = JSON.parse(generator.batchNdjson(number % 20, 1));
    const { timestamp, severity, service, message, ...attributes } = entry;
    const text = (value: unknown) => ({ S: String(value) });
    const answer = await dynamo.call("PutItem", {
      TableName: table,
      Item: {
        logId: text(`019ab5c2-7d3e-7c01-9f00-${String(number).padStart(12, "0")}`),
        type: text("LOG"),
        timestamp: text(timestamp),
        severity: text(severity),
        service: text(service),
        message: text(message),
        attributes: text(JSON.stringify(attributes)),
      },
      ReturnConsumedCapacity: "TOTAL",
    });
    writeUnits += capacityOf(answer);
  }
  const page = await dynamo.call("Query", {
    TableName: table,
    IndexName: index,
    KeyConditionExpression: "#type = :type",
    ExpressionAttributeNames: { "#type": "type" },
    ExpressionAttributeValues: { ":type": { S: "LOG" } },
    ScanIndexForward: false,
    Limit: 100,
    ReturnConsumedCapacity: "TOTAL",
  });
  return { writeUnits: (writeUnits * 1000) / entries, readUnits: capacityOf(page) };
};
