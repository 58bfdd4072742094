import { Worker } from "node:worker_threads";
import { errorOfParts, LogServiceError } from "@log-service/core";
import type { ScannedSlice, ScanPool, ScanTask } from "@log-service/core/scan";
import type { ScanMessage, ScanReply } from "./protocol.ts";

interface Pending {
  readonly resolve: (slice: ScannedSlice) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
}

/** A thread scans one slice while the next one waits for it. */
const slicesPerThread = 2;

// The heap of a thread holds what it counts, up to 200,000 values; chunks and columns lie outside of it.
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

// From source the thread is its own file; in the bundle it lies beside the server.
const isBundled = import.meta.url.endsWith(".mjs");
const threadUrl = new URL(isBundled ? "./scan-worker.mjs" : "./worker.ts", import.meta.url);

const startThread = (onEnd: (thread: Thread, cause: unknown) => void): Thread => {
  const worker = new Worker(threadUrl, { resourceLimits });
  const thread: Thread = { worker, pending: new Map() };
  worker.on("message", (reply: ScanReply) => {
    const waiting = thread.pending.get(reply.id);
    thread.pending.delete(reply.id);
    if ("result" in reply) waiting?.resolve({ ...reply.result, kept: reply.kept });
    else waiting?.reject(errorOfParts(reply.failure));
  });
  worker.on("error", (cause) => onEnd(thread, cause));
  worker.on("exit", (code) => onEnd(thread, new Error(`a scanning thread ended with ${code}`)));
  return thread;
};

/** Gives each task a number, by which a thread knows it again. */
const createTaskIds = () => {
  const ids = new WeakMap<ScanTask, number>();
  let last = 0;
  return (task: ScanTask): number => {
    const known = ids.get(task) ?? ++last;
    ids.set(task, known);
    return known;
  };
};

/** The buffers of chunks that are all of their memory; others are copied, since memory moves as a whole. */
const toTransfer = (chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer>[] =>
  chunks.map((bytes) => {
    const { buffer } = bytes;
    const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
    return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
  });

/** `size` threads that scan, at least one; they start with the first slice. A thread that dies is replaced by the next. */
export const createScanPool = (size: number): ScanPool & AsyncDisposable => {
  const taskIdOf = createTaskIds();
  const threads = new Set<Thread>();
  let isClosed = false;
  let lastId = 0;
  const onEnd = (thread: Thread, cause: unknown) => {
    threads.delete(thread);
    for (const { reject } of thread.pending.values())
      reject(new LogServiceError("INTERNAL", "a scanning thread failed", { cause }));
    thread.pending.clear();
  };
  const nextThread = (): Thread => {
    const [idlest] = [...threads].sort((a, b) => a.pending.size - b.pending.size);
    if (idlest && (idlest.pending.size === 0 || threads.size >= size)) return idlest;
    const thread = startThread(onEnd);
    threads.add(thread);
    return thread;
  };
  return {
    slicesAtOnce: size * slicesPerThread,
    scan: async (task, chunks) => {
      if (isClosed) throw new LogServiceError("SHUTTING_DOWN", "the service is shutting down");
      const moved = toTransfer(chunks);
      const thread = nextThread();
      const message: ScanMessage = { id: ++lastId, taskId: taskIdOf(task), task, chunks: moved };
      return new Promise((resolve, reject) => {
        thread.pending.set(message.id, { resolve, reject });
        thread.worker.postMessage(
          message,
          moved.map(({ buffer }) => buffer),
        );
      });
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
};
