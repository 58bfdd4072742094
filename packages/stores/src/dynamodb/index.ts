export type { AttributeValue, Item } from "./answer.ts";
export {
  createDynamoClient,
  type DynamoClient,
  type DynamoClientOptions,
  type DynamoObserver,
} from "./client.ts";
export { createDynamoStore, type DynamoStoreOptions } from "./dynamodb-store.ts";
export type { Credentials } from "./sign.ts";
export { createDynamoUsage, type DynamoUsageStore } from "./usage.ts";
