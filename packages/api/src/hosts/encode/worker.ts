import { type Chunk, createChunkEncoder, type MergedChunk } from "@log-service/core";
import { serveTasks } from "../threads/serve.ts";
import { type EncodeTask, type Kind, type ResultOf, work } from "./protocol.ts";

// A thread keeps its encoder: its buffers have grown to the size of a chunk after the first.
const { encode } = createChunkEncoder();

const perform = (one: EncodeTask): ResultOf<Kind> =>
  one.kind === "batch" ? work.batch(one.task, encode) : work.merge(one.task, encode);

const buffersOf = (chunk: Chunk | MergedChunk): ArrayBuffer[] =>
  "filter" in chunk && chunk.filter !== undefined
    ? [chunk.bytes.buffer, chunk.filter.buffer]
    : [chunk.bytes.buffer];

serveTasks(perform, ({ chunks }) => chunks.flatMap(buffersOf));
