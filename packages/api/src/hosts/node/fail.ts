import { isLogServiceError } from "@log-service/core";
import { KeyFileError } from "../../access/key-file.ts";

/** Ends the process because it cannot start, saying why in plain lines and not as a stack trace. */
export const fail = (...reasons: readonly unknown[]): never => {
  for (const reason of reasons) {
    const isOurs =
      isLogServiceError(reason) || reason instanceof KeyFileError || typeof reason === "string";
    const text = reason instanceof Error ? (isOurs ? reason.message : reason.stack) : reason;
    process.stderr.write(`log-service: ${text}\n`);
  }
  process.exit(1);
};

/** Opens what the process cannot do without: a disk that is full or away at the start ends it with the reason. */
export const openOrEnd = <T>(open: () => T): T => {
  try {
    return open();
  } catch (error) {
    return fail(error);
  }
};
