import type { ErrorCode, Problem } from "@log-service/core";
import type { EncodedBatch, EncodeTask, Merged, MergeTask } from "@log-service/core/service";

/** What goes to an encoding thread. */
export type EncodeMessage =
  | { readonly id: number; readonly task: EncodeTask }
  | { readonly id: number; readonly merge: MergeTask };

/** What comes back: an error as its parts, since cloning an error between threads drops its own properties. */
export type EncodeReply =
  | { readonly id: number; readonly result: EncodedBatch | Merged }
  | {
      readonly id: number;
      readonly failure: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly problems: readonly Problem[];
      };
    };
