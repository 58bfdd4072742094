import { createChunkId } from "../../entry/log-id.ts";
import { plainEntry } from "../../entry/test/plain-entry.ts";
import type { StoredChunk } from "../../store.ts";
import { encodeChunk } from "../encode.ts";

/** A chunk of one entry without attributes, as a store gives it, and its bytes. */
export const chunkAt = (
  time: number,
): { readonly chunk: StoredChunk; readonly bytes: Uint8Array } => {
  const entry = plainEntry({ timestamp: time, message: `at ${time}` });
  const { meta, bytes } = encodeChunk([entry], { id: createChunkId(time, { high: 0, low: 1 }, 0) });
  const bound = { time, id: meta.id };
  return { chunk: { meta, bound, position: meta.id, bytes: async () => bytes }, bytes };
};
