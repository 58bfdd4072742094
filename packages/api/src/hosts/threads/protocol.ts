import type { ErrorParts } from "@log-service/core";

/** What goes to a thread. */
export interface Message<Task> {
  readonly id: number;
  readonly task: Task;
}

/** What comes back. */
export type Reply<Result> =
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly failure: ErrorParts };
