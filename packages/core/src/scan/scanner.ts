import type { ChunkReader } from "../chunk/decode.ts";
import { openChunk } from "../chunk/decode.ts";
import { createSharedNumberSpace } from "../chunk/number-space.ts";
import { isLogServiceError } from "../errors.ts";
import { createChunkData } from "../evaluate/chunk-data.ts";
import { createEvaluator } from "../evaluate/evaluate.ts";
import { indicesOf } from "../service/select.ts";
import { createFieldsTally } from "./fields-tally.ts";
import { createPageScanner } from "./page-scanner.ts";
import { createStatsTally } from "./stats-tally.ts";
import type { Tally } from "./tally.ts";
import type { ScanTask, TallyTask } from "./task.ts";
import { createValuesTally } from "./values-tally.ts";

/** What a slice of chunks gave. It is data: it can go to another thread. */
export interface SliceResult {
  /** What the tally of the task takes, or the hits of a page. */
  readonly partial: unknown;
  readonly bytesDecompressed: number;
  /** Chunks of the slice that cannot be decoded, by their place, with the reason. */
  readonly damaged: readonly { readonly place: number; readonly reason: string }[];
  /** Which chunks of the slice are needed again, to render what was found in them. */
  readonly needed: readonly number[];
}

/** Asks one task of slices of chunks. */
export interface Scanner {
  scan(chunks: readonly Uint8Array[]): SliceResult;
}

/** What looks at one chunk after another. */
export interface ChunkVisitor {
  /** Returns whether the chunk's bytes are needed again. Throws CHUNK_CORRUPT. */
  visit(reader: ChunkReader, place: number): boolean;
  take(): unknown;
}

const tallyOf = (task: TallyTask): Tally<unknown> => {
  if (task.kind === "stats") return createStatsTally(task);
  return task.kind === "fields" ? createFieldsTally(task) : createValuesTally(task);
};

/** Adds chunks to a tally: those of their entries that are in the range and match. */
export const createTallyVisitor = (task: TallyTask, tally: Tally<unknown>): ChunkVisitor => {
  const evaluator = createEvaluator(task.filter);
  return {
    visit: (reader) => {
      const { start, end } = indicesOf(reader, { first: task.from, last: task.to - 1 });
      const matching = evaluator.select(reader, start, end);
      if (matching.size > 0) tally.add(createChunkData(reader), matching);
      return false;
    },
    take: () => tally.take(),
  };
};

const visitorOf = (task: ScanTask): ChunkVisitor =>
  task.kind === "page" ? createPageScanner(task) : createTallyVisitor(task, tallyOf(task));

/** Creates a scanner. It works in the same memory for each chunk. */
export const createScanner = (task: ScanTask): Scanner => {
  const visitor = visitorOf(task);
  const space = createSharedNumberSpace();
  return {
    scan: (chunks) => {
      const damaged: { place: number; reason: string }[] = [];
      const needed: number[] = [];
      let bytesDecompressed = 0;
      for (const [place, bytes] of chunks.entries()) {
        space.reset();
        try {
          const reader = openChunk(bytes, space.numbers);
          if (visitor.visit(reader, place)) needed.push(place);
          bytesDecompressed += reader.bytesDecompressed;
        } catch (error) {
          if (!isLogServiceError(error) || error.code !== "CHUNK_CORRUPT") throw error;
          damaged.push({ place, reason: error.message });
        }
      }
      return { partial: visitor.take(), bytesDecompressed, damaged, needed };
    },
  };
};
