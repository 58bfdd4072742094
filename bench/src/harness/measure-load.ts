import type { Buffer } from "node:buffer";
import { type LoadResult, sendFor } from "../client/load.ts";
import type { Shape } from "../client/shape.ts";
import type { Server } from "./server.ts";

export interface MeasuredLoad extends LoadResult {
  /** Processor time of the server for an entry, in microseconds. */
  readonly cpuMicroseconds: number;
}

/** Sends prepared requests over and over for a time, and tells what that costs the server. */
export const measureLoad = async (
  server: Server,
  shape: Shape,
  requests: readonly Buffer[],
  durationMs: number,
): Promise<MeasuredLoad> => {
  const cpuBefore = await server.cpuSeconds();
  const result = await sendFor(server.target, shape, requests, durationMs);
  const cpuSeconds = (await server.cpuSeconds()) - cpuBefore;
  const entries = result.latencies.length * shape.entriesPerRequest;
  return { ...result, cpuMicroseconds: (cpuSeconds * 1e6) / entries };
};
