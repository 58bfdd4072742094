import { parentPort } from "node:worker_threads";
import { createChunkEncoder, isLogServiceError } from "@log-service/core";
import { encodeBatch, mergeChunks } from "@log-service/core/service";
import type { EncodeMessage, EncodeReply } from "./protocol.ts";

// A thread keeps its encoder: its buffers have grown to the size of a chunk after the first.
const { encode } = createChunkEncoder();

const replyTo = (message: EncodeMessage): EncodeReply => {
  const { id } = message;
  try {
    if ("merge" in message) return { id, result: mergeChunks(message.merge, encode) };
    return { id, result: encodeBatch(message.task, encode) };
  } catch (error) {
    if (!isLogServiceError(error)) throw error;
    const { code, message, problems } = error;
    return { id, failure: { code, message, problems } };
  }
};

parentPort?.on("message", (message: EncodeMessage) => {
  const reply = replyTo(message);
  const buffers = "result" in reply ? reply.result.chunks.map((chunk) => chunk.bytes.buffer) : [];
  parentPort?.postMessage(reply, buffers);
});
