import { parentPort } from "node:worker_threads";
import { isLogServiceError, partsOfError } from "@log-service/core";
import type { Message, Reply } from "./protocol.ts";

/**
 * Does in this thread what is asked of it. `buffersOf` tells which memory of a result moves. What is no error of the
 * catalogue ends the thread.
 */
export const serveTasks = <Task, Result>(
  perform: (task: Task) => Result,
  buffersOf: (result: Result) => readonly ArrayBuffer[],
): void => {
  const replyTo = ({ id, task }: Message<Task>): Reply<Result> => {
    try {
      return { id, result: perform(task) };
    } catch (error) {
      if (!isLogServiceError(error)) throw error;
      return { id, failure: partsOfError(error) };
    }
  };
  parentPort?.on("message", (message: Message<Task>) => {
    const reply = replyTo(message);
    parentPort?.postMessage(reply, "result" in reply ? buffersOf(reply.result) : []);
  });
};
