import { idFromBytes, idToBytes, indexOfLogId, logIdAt } from "../entry/log-id.ts";
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import type { IdRun } from "./chunk.ts";
import { corrupt } from "./corrupt.ts";
import { idBytes } from "./layout.ts";

export interface PlacedRun extends IdRun {
  /** The index of its first entry in the chunk. */
  readonly start: number;
}

export const writeRuns = (runs: readonly IdRun[], out: ByteWriter): void => {
  out.varint(runs.length);
  for (const { firstId, count } of runs) {
    out.bytes(idToBytes(firstId));
    out.varint(count);
  }
};

export const readRuns = (directory: ByteReader, entryCount: number): PlacedRun[] => {
  const runs: PlacedRun[] = [];
  let start = 0;
  for (let left = directory.varint(); left > 0; left--) {
    const firstId = idFromBytes(directory.bytes(idBytes));
    const count = directory.varint();
    runs.push({ firstId, count, start });
    start += count;
  }
  if (start !== entryCount) throw corrupt("its runs of ids are not those of its entries");
  return runs;
};

/** The id of the entry at `index`, which must be in the chunk. A merged chunk may have a run for each entry. */
export const logIdInRuns = (runs: readonly PlacedRun[], index: number): string => {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (runs[middle]!.start <= index) low = middle;
    else high = middle - 1;
  }
  const { firstId, start } = runs[low]!;
  return logIdAt(firstId, index - start);
};

/** Where the entry with this id is; -1 when it is in no run. */
export const indexInRuns = (runs: readonly PlacedRun[], id: string): number => {
  for (const { firstId, count, start } of runs) {
    const index = indexOfLogId(firstId, id);
    if (index >= 0 && index < count) return start + index;
  }
  return -1;
};
