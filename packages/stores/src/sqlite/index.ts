export { openSqliteErasures, type SqliteErasureStore } from "./erasures.ts";
export { makeDataFolder } from "./folder.ts";
export type { StoreLog } from "./log.ts";
export { openSqliteStore, type SqliteStore, type SqliteStoreOptions } from "./sqlite-store.ts";
export { openSqliteUsage, type SqliteUsageStore } from "./usage.ts";
