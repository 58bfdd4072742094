import type { ErrorParts } from "@log-service/core";
import type { ScanTask, SliceResult } from "@log-service/core/scan";

/** What goes to a scanning thread. */
export interface ScanMessage {
  readonly id: number;
  /** Tells slices of one task from those of others. */
  readonly taskId: number;
  readonly task: ScanTask;
  readonly chunks: readonly Uint8Array[];
}

/** What comes back. */
export type ScanReply =
  | {
      readonly id: number;
      readonly result: SliceResult;
      /** The chunks that are needed again, by their place. */
      readonly kept: ReadonlyMap<number, Uint8Array>;
    }
  | { readonly id: number; readonly failure: ErrorParts };
