import { idFromBytes, idToBytes, indexOfLogId, logIdAt } from "../entry/log-id.ts";
import type { IdRun } from "./chunk.ts";
import type { ChunkSource } from "./chunk-source.ts";
import type { ChunkWriter } from "./chunk-writer.ts";
import { encodeIntegers, openIntegers } from "./columns/integers.ts";
import { corrupt } from "./corrupt.ts";
import { idBytes } from "./layout.ts";
import { once } from "./once.ts";

/** The ids of a chunk's entries, where they are not the chunk's own id and those behind it. */
export interface ChunkIds {
  /** The id of the entry at an index, which must be in the chunk. */
  at(index: number): string;
  /** Where the entry with this id is; -1 when it is not in the chunk. */
  indexOf(id: string): number;
}

/**
 * Writes ids as sequences: in a merged chunk the entries of many chunks alternate, but those of each keep their order and
 * their consecutive ids, so that its first id and which entries are of it tell all of them.
 */
export const writeSequences = (
  runs: readonly IdRun[],
  entryCount: number,
  writer: ChunkWriter,
): void => {
  const codes = writer.numbers(entryCount);
  const firstIds: string[] = [];
  /** The sequence that goes on with an id. */
  const waiting = new Map<string, number>();
  let index = 0;
  for (const { firstId, count } of runs) {
    const code = waiting.get(firstId) ?? firstIds.push(firstId) - 1;
    waiting.delete(firstId);
    waiting.set(logIdAt(firstId, count), code);
    codes.fill(code, index, index + count);
    index += count;
  }
  writer.directory.varint(firstIds.length);
  for (const id of firstIds) writer.directory.bytes(idToBytes(id));
  encodeIntegers(codes, entryCount, writer);
};

/** Of each entry how many of its sequence come before it, and of each sequence its length. */
const rank = (codes: Float64Array, sequenceCount: number) => {
  const counts = new Uint32Array(sequenceCount);
  const ranks = new Uint32Array(codes.length);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index]!;
    if (code >= sequenceCount) throw corrupt("an entry is of an unknown sequence of ids");
    ranks[index] = counts[code]!++;
  }
  return { counts, ranks };
};

/** Passes over the ids; they are read when one is asked for, as few readers do. */
export const openSequences = (source: ChunkSource, entryCount: number): ChunkIds => {
  const { directory } = source;
  const sequenceCount = directory.varint();
  const firstIds = directory.bytes(sequenceCount * idBytes);
  const codes = once(openIntegers(source, entryCount));
  const ranked = once(() => rank(codes(), sequenceCount));
  const firstId = (code: number): string =>
    idFromBytes(firstIds.subarray(code * idBytes, (code + 1) * idBytes));
  return {
    at: (index) => {
      const { ranks } = ranked();
      return logIdAt(firstId(codes()[index]!), ranks[index]!);
    },
    indexOf: (id) => {
      const { counts, ranks } = ranked();
      for (let code = 0; code < sequenceCount; code++) {
        const distance = indexOfLogId(firstId(code), id);
        if (distance < 0 || distance >= counts[code]!) continue;
        return ranks.findIndex((one, index) => one === distance && codes()[index] === code);
      }
      return -1;
    },
  };
};
