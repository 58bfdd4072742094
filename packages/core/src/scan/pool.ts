import type { SliceResult } from "./scanner.ts";
import type { ScanTask } from "./task.ts";

/** A slice of chunks that was scanned, and the bytes of those that are needed again. */
export interface ScannedSlice extends SliceResult {
  readonly kept: ReadonlyMap<number, Uint8Array>;
}

/** Threads that scan, so that the main one is free for requests and the store. A host builds it. */
export interface ScanPool {
  /** How many slices of a task are worth having under way now: more only wait, and hold memory. At least one. */
  readonly slicesAtOnce: number;
  /**
   * Scans a slice. The buffers of its chunks go to the thread: they cannot be used here afterwards. Slices of one task
   * may be scanned by different threads, in any order. Rejects with what the task throws.
   */
  scan(task: ScanTask, chunks: readonly Uint8Array[]): Promise<ScannedSlice>;
}
