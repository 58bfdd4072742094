import { parentPort } from "node:worker_threads";
import { createChunkEncoder, isLogServiceError, partsOfError } from "@log-service/core";
import { type EncodeMessage, type EncodeReply, type ResultOf, work } from "./protocol.ts";

// A thread keeps its encoder: its buffers have grown to the size of a chunk after the first.
const { encode } = createChunkEncoder();

const resultOf = (message: EncodeMessage): ResultOf<EncodeMessage["kind"]> => {
  switch (message.kind) {
    case "batch":
      return work.batch(message.task, encode);
    case "merge":
      return work.merge(message.task, encode);
  }
};

const replyTo = (message: EncodeMessage): EncodeReply => {
  try {
    return { id: message.id, result: resultOf(message) };
  } catch (error) {
    if (!isLogServiceError(error)) throw error;
    return { id: message.id, failure: partsOfError(error) };
  }
};

parentPort?.on("message", (message: EncodeMessage) => {
  const reply = replyTo(message);
  const buffers = "result" in reply ? reply.result.chunks.map((chunk) => chunk.bytes.buffer) : [];
  parentPort?.postMessage(reply, buffers);
});
