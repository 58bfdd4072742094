import type { ScannedSlice, ScanPool, ScanTask } from "@log-service/core/scan";
import { createThreads } from "../threads/threads.ts";
import type { SliceTask } from "./protocol.ts";

/** A thread scans one slice while the next one waits for it. */
const slicesPerThread = 2;

// From source the thread is its own file; in the bundle it lies beside the server.
const isBundled = import.meta.url.endsWith(".mjs");
const url = new URL(isBundled ? "./scan-worker.mjs" : "./worker.ts", import.meta.url);

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

/** `size` threads that scan, at least one; they start with the first slice. */
export const createScanPool = (size: number): ScanPool & AsyncDisposable => {
  const taskIdOf = createTaskIds();
  /** The slices under way of each task that has some. */
  const underWay = new Map<ScanTask, number>();
  const count = (task: ScanTask, change: number) => {
    const slices = (underWay.get(task) ?? 0) + change;
    if (slices > 0) underWay.set(task, slices);
    else underWay.delete(task);
  };
  const threads = createThreads<SliceTask, ScannedSlice>({ url, name: "scanning", size });
  return {
    // Tasks share what the threads can have under way, so that ten hold hardly more than one.
    get slicesAtOnce() {
      return Math.max(1, Math.floor((size * slicesPerThread) / Math.max(1, underWay.size)));
    },
    scan: async (task, chunks) => {
      const moved = toTransfer(chunks);
      const buffers = moved.map(({ buffer }) => buffer);
      count(task, 1);
      try {
        return await threads.perform({ taskId: taskIdOf(task), task, chunks: moved }, buffers);
      } finally {
        count(task, -1);
      }
    },
    [Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
  };
};
