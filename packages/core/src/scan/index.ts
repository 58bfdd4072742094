export type { ScannedSlice, ScanPool } from "./pool.ts";
export { createScanner, type Scanner, type SliceResult } from "./scanner.ts";
export type { ScanTask } from "./task.ts";
