import { parentPort } from "node:worker_threads";
import { isLogServiceError } from "@log-service/core";
import { encodeBatch } from "@log-service/core/service";
import type { EncodeMessage, EncodeReply } from "./protocol.ts";

const replyTo = ({ id, task }: EncodeMessage): EncodeReply => {
  try {
    return { id, batch: encodeBatch(task) };
  } catch (error) {
    if (!isLogServiceError(error)) throw error;
    const { code, message, problems } = error;
    return { id, failure: { code, message, problems } };
  }
};

parentPort?.on("message", (message: EncodeMessage) => {
  const reply = replyTo(message);
  const buffers = "batch" in reply ? reply.batch.chunks.map((chunk) => chunk.bytes.buffer) : [];
  parentPort?.postMessage(reply, buffers);
});
