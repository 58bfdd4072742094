import { encodeBatch, mergeChunks } from "@log-service/core/service";

/** What an encoding thread can do. Each takes a task, which is plain data, and the thread's encoder of chunks. */
export const work = { batch: encodeBatch, merge: mergeChunks } as const;

export type Kind = keyof typeof work;
export type TaskOf<K extends Kind> = Parameters<(typeof work)[K]>[0];
export type ResultOf<K extends Kind> = ReturnType<(typeof work)[K]>;

/** What goes to a thread. */
export type EncodeTask = { [K in Kind]: { readonly kind: K; readonly task: TaskOf<K> } }[Kind];
