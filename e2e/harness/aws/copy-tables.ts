import type { DynamoLocal } from "./dynamodb-local.ts";
import type { Resource } from "./terraform.ts";

/** Makes the tables in DynamoDB Local as they were applied. */
export const copyTables = async (
  resources: readonly Resource[],
  dynamo: DynamoLocal,
): Promise<void> => {
  for (const { values } of resources.filter(({ type }) => type === "aws_dynamodb_table")) {
    const keys = [
      { AttributeName: values.hash_key, KeyType: "HASH" },
      { AttributeName: values.range_key, KeyType: "RANGE" },
    ].filter(({ AttributeName }) => AttributeName);
    const attributes = values.attribute as readonly { name: string; type: string }[]; // the provider's schema
    await dynamo.call("CreateTable", {
      TableName: values.name,
      BillingMode: values.billing_mode,
      KeySchema: keys,
      AttributeDefinitions: attributes.map((one) => ({
        AttributeName: one.name,
        AttributeType: one.type,
      })),
    });
  }
};
