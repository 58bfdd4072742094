import { platform, setPriority } from "node:os";
import { createScanner, type ScannedSlice, type Scanner } from "@log-service/core/scan";
import { serveTasks } from "../threads/serve.ts";
import type { SliceTask } from "./protocol.ts";

/** Ingest and everything else come first. */
const niceness = 19;

// Linux counts niceness by thread, and 0 is the one that asks; elsewhere it would be that of the whole process.
if (platform() === "linux") setPriority(0, niceness);

/** So many tasks are kept ready for their next slice. */
const scannersMax = 16;

// A scanner has its filter prepared and its memory grown after the first slice.
const scanners = new Map<number, Scanner>();

const scannerOf = ({ taskId, task }: SliceTask): Scanner => {
  const scanner = scanners.get(taskId) ?? createScanner(task);
  // A Map keeps the order of insertion: set anew, it is the last to go.
  scanners.delete(taskId);
  scanners.set(taskId, scanner);
  for (const oldest of scanners.keys()) {
    if (scanners.size <= scannersMax) break;
    scanners.delete(oldest);
  }
  return scanner;
};

const scan = (slice: SliceTask): ScannedSlice => {
  const { taskId, chunks } = slice;
  try {
    const result = scannerOf(slice).scan(chunks);
    const kept = new Map(result.needed.map((place) => [place, chunks[place] ?? new Uint8Array()]));
    return { ...result, kept };
  } catch (error) {
    // What it has counted of the slice so far must not be counted with the next one.
    scanners.delete(taskId);
    throw error;
  }
};

// What is kept came from another thread, which never shares memory.
serveTasks(scan, ({ kept }) => Array.from(kept.values(), ({ buffer }) => buffer as ArrayBuffer));
