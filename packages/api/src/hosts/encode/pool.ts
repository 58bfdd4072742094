import { Worker } from "node:worker_threads";
import { encodeChunk, LogServiceError } from "@log-service/core";
import {
  type EncodedBatch,
  type EncodeTask,
  encodeBatch,
  type Merged,
  type MergeTask,
  mergeChunks,
} from "@log-service/core/service";
import type { EncodeMessage, EncodeReply } from "./protocol.ts";

interface Pending {
  readonly resolve: (result: EncodedBatch | Merged) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
}

/** Threads that parse and encode, so that the main one is free for requests and the store. */
export interface EncodePool extends AsyncDisposable {
  encode(task: EncodeTask): Promise<EncodedBatch>;
  merge(task: MergeTask): Promise<Merged>;
}

// A thread holds one batch at a time; a small young generation keeps its garbage small too.
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

// From source the thread is its own file; in the bundle it lies beside the server.
const isBundled = import.meta.url.endsWith(".mjs");
const threadUrl = new URL(isBundled ? "./worker.mjs" : "./worker.ts", import.meta.url);

const startThread = (onEnd: (thread: Thread, cause: unknown) => void): Thread => {
  const worker = new Worker(threadUrl, { resourceLimits });
  const thread: Thread = { worker, pending: new Map() };
  worker.on("message", (reply: EncodeReply) => {
    const waiting = thread.pending.get(reply.id);
    thread.pending.delete(reply.id);
    if ("result" in reply) waiting?.resolve(reply.result);
    else {
      const { code, message, problems } = reply.failure;
      waiting?.reject(new LogServiceError(code, message, { problems }));
    }
  });
  worker.on("error", (cause) => onEnd(thread, cause));
  worker.on("exit", (code) => onEnd(thread, new Error(`an encoding thread ended with ${code}`)));
  return thread;
};

/** Starts `size` threads; with 0 the work is done where it is asked for. A thread that dies is replaced. */
export const createEncodePool = (size: number): EncodePool => {
  let isClosed = false;
  let lastId = 0;
  const threads: Thread[] = [];
  const onEnd = (thread: Thread, cause: unknown) => {
    const place = threads.indexOf(thread);
    for (const { reject } of thread.pending.values())
      reject(new LogServiceError("INTERNAL", "an encoding thread failed", { cause }));
    thread.pending.clear();
    if (place !== -1 && !isClosed) threads[place] = startThread(onEnd);
  };
  for (let count = 0; count < size; count++) threads.push(startThread(onEnd));
  const idlest = () => threads.toSorted((a, b) => a.pending.size - b.pending.size)[0];
  const send = (thread: Thread, message: EncodeMessage, buffers: readonly ArrayBuffer[]) =>
    new Promise<EncodedBatch | Merged>((resolve, reject) => {
      thread.pending.set(message.id, { resolve, reject });
      thread.worker.postMessage(message, buffers);
    });
  return {
    encode: async (task) => {
      const thread = idlest();
      if (thread === undefined) return encodeBatch(task);
      const result = send(thread, { id: ++lastId, task }, [task.body.buffer]);
      return result as Promise<EncodedBatch>; // what a thread makes of such a task
    },
    merge: async (merge) => {
      const thread = idlest();
      if (thread === undefined) return mergeChunks(merge, encodeChunk);
      const buffers = merge.chunks.map((bytes) => bytes.buffer);
      const result = send(thread, { id: ++lastId, merge }, buffers);
      return result as Promise<Merged>; // what a thread makes of such a task
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
};
