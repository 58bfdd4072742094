import { Worker } from "node:worker_threads";
import { errorOfParts, LogServiceError } from "@log-service/core";
import type { Message, Reply } from "./protocol.ts";

interface Pending<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread<Result> {
  readonly worker: Worker;
  readonly pending: Map<number, Pending<Result>>;
}

export interface ThreadsOptions {
  /** What a thread runs: a module that calls `serveTasks`. */
  readonly url: URL;
  /** For errors, as in "encoding". */
  readonly name: string;
  /** How many there are at most: >= 1. */
  readonly size: number;
}

/** Threads that do one kind of work. They start when they are needed; one that dies is replaced by the next. */
export interface Threads<Task, Result> extends AsyncDisposable {
  /** Starts all of them now, so that the first task does not wait for it. */
  start(): void;
  /** Has the thread do it that has least to do. The buffers go there: they cannot be used here afterwards. */
  perform(task: Task, buffers: readonly ArrayBuffer[]): Promise<Result>;
}

// Chunks and columns lie outside of a thread's heap; a small young generation keeps its garbage small too.
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

const startThread = <Result>(
  url: URL,
  onEnd: (thread: Thread<Result>, cause: unknown) => void,
): Thread<Result> => {
  const worker = new Worker(url, { resourceLimits });
  const thread: Thread<Result> = { worker, pending: new Map() };
  worker.on("message", (reply: Reply<Result>) => {
    const waiting = thread.pending.get(reply.id);
    thread.pending.delete(reply.id);
    if ("result" in reply) waiting?.resolve(reply.result);
    else waiting?.reject(errorOfParts(reply.failure));
  });
  worker.on("error", (cause) => onEnd(thread, cause));
  worker.on("exit", (code) => onEnd(thread, new Error(`the thread ended with ${code}`)));
  return thread;
};

export const createThreads = <Task, Result>({
  url,
  name,
  size,
}: ThreadsOptions): Threads<Task, Result> => {
  const threads = new Set<Thread<Result>>();
  let isClosed = false;
  let lastId = 0;
  const onEnd = (thread: Thread<Result>, cause: unknown) => {
    threads.delete(thread);
    for (const { reject } of thread.pending.values())
      reject(new LogServiceError("INTERNAL", `a thread for ${name} failed`, { cause }));
    thread.pending.clear();
  };
  const addThread = (): Thread<Result> => {
    const thread = startThread(url, onEnd);
    threads.add(thread);
    return thread;
  };
  const nextThread = (): Thread<Result> => {
    const [idlest] = [...threads].sort((a, b) => a.pending.size - b.pending.size);
    const isEnough = idlest && (idlest.pending.size === 0 || threads.size >= size);
    return isEnough ? idlest : addThread();
  };
  return {
    start: () => {
      while (threads.size < size) addThread();
    },
    perform: async (task, buffers) => {
      if (isClosed) throw new LogServiceError("SHUTTING_DOWN", "the service is shutting down");
      const { worker, pending } = nextThread();
      const message: Message<Task> = { id: ++lastId, task };
      return new Promise((resolve, reject) => {
        pending.set(message.id, { resolve, reject });
        worker.postMessage(message, buffers);
      });
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
};
