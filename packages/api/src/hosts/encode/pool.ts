import { createChunkEncoder } from "@log-service/core";
import { createThreads } from "../threads/threads.ts";
import { type EncodeTask, type Kind, type ResultOf, type TaskOf, work } from "./protocol.ts";

/** Threads that parse and encode, so that the main one is free for requests and the store. */
export interface EncodePool extends AsyncDisposable {
  encode(task: TaskOf<"batch">): Promise<ResultOf<"batch">>;
  merge(task: TaskOf<"merge">): Promise<ResultOf<"merge">>;
}

// From source the thread is its own file; in the bundle it lies beside the server.
const isBundled = import.meta.url.endsWith(".mjs");
const url = new URL(isBundled ? "./worker.mjs" : "./worker.ts", import.meta.url);

/** Does the work where it is asked for. */
const createPoolHere = (): EncodePool => {
  const { encode } = createChunkEncoder();
  return {
    encode: async (task) => work.batch(task, encode),
    merge: async (task) => work.merge(task, encode),
    [Symbol.asyncDispose]: async () => undefined,
  };
};

/** Starts `size` threads; with 0 the work is done where it is asked for. */
export const createEncodePool = (size: number): EncodePool => {
  if (size === 0) return createPoolHere();
  const threads = createThreads<EncodeTask, ResultOf<Kind>>({ url, name: "encoding", size });
  threads.start();
  return {
    // A thread answers a task with the result of its kind.
    encode: (task) =>
      threads.perform({ kind: "batch", task }, [task.body.buffer]) as Promise<ResultOf<"batch">>,
    merge: (task) => {
      const buffers = task.chunks.map(({ buffer }) => buffer);
      return threads.perform({ kind: "merge", task }, buffers) as Promise<ResultOf<"merge">>;
    },
    [Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
  };
};
