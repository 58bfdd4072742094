import { Worker } from "node:worker_threads";
import { createChunkEncoder, errorOfParts, LogServiceError } from "@log-service/core";
import {
  type EncodeMessage,
  type EncodeReply,
  type Kind,
  type ResultOf,
  type TaskOf,
  work,
} from "./protocol.ts";

interface Pending {
  readonly resolve: (result: ResultOf<Kind>) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
}

/** Threads that parse and encode, so that the main one is free for requests and the store. */
export interface EncodePool extends AsyncDisposable {
  encode(task: TaskOf<"batch">): Promise<ResultOf<"batch">>;
  merge(task: TaskOf<"merge">): Promise<ResultOf<"merge">>;
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
    else waiting?.reject(errorOfParts(reply.failure));
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
  const here = createChunkEncoder();
  const idlest = () => threads.toSorted((a, b) => a.pending.size - b.pending.size)[0];
  /** Has a thread do it; resolves with undefined when there is none. */
  const send = <K extends Kind>(kind: K, task: TaskOf<K>, buffers: readonly ArrayBuffer[]) =>
    new Promise<ResultOf<K> | undefined>((resolve, reject) => {
      const thread = idlest();
      if (thread === undefined) return resolve(undefined);
      const id = ++lastId;
      const onResult = (result: ResultOf<Kind>) => resolve(result as ResultOf<K>); // the kind that was asked for
      thread.pending.set(id, { resolve: onResult, reject });
      // A task of the kind K makes a message of that kind; TypeScript does not follow it.
      thread.worker.postMessage({ id, kind, task } as EncodeMessage, buffers);
    });
  return {
    encode: async (task) =>
      (await send("batch", task, [task.body.buffer])) ?? work.batch(task, here.encode),
    merge: async (task) =>
      (await send(
        "merge",
        task,
        task.chunks.map((bytes) => bytes.buffer),
      )) ?? work.merge(task, here.encode),
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
};
