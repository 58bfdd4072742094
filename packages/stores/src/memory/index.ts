export { createMemoryErasures } from "./memory-erasures.ts";
export { createMemoryStore, type MemoryStoreOptions } from "./memory-store.ts";
export { createMemoryUsage } from "./memory-usage.ts";
