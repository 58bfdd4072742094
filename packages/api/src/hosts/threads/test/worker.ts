import { LogServiceError } from "@log-service/core";
import { serveTasks } from "../serve.ts";

// A thread of the tests: gives bytes back, one higher each, and fails as it is told.
serveTasks(
  (task: Uint8Array<ArrayBuffer> | "refuse" | "die"): Uint8Array<ArrayBuffer> => {
    if (task === "refuse") throw new LogServiceError("BODY_INVALID", "it is not wanted");
    if (task === "die") throw new RangeError("a mistake");
    return task.map((byte) => byte + 1);
  },
  (bytes) => [bytes.buffer],
);
