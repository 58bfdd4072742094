import type { ScanTask } from "@log-service/core/scan";

/** What goes to a scanning thread, which answers with a `ScannedSlice`. */
export interface SliceTask {
  /** Tells slices of one task from those of others. */
  readonly taskId: number;
  readonly task: ScanTask;
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
}
