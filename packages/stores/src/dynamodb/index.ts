export type { AttributeValue, Item } from "./answer.ts";
export {
  createDynamoClient,
  type DynamoClient,
  type DynamoClientOptions,
  type DynamoObserver,
} from "./client.ts";
export { createDynamoStore } from "./dynamodb-store.ts";
export { createDynamoWriter, type DynamoStoreOptions } from "./dynamodb-writer.ts";
export { createDynamoErasures, type DynamoErasureStore } from "./erasures.ts";
export { type Credentials, sign } from "./sign.ts";
export { createDynamoUsage, type DynamoUsageStore } from "./usage.ts";
