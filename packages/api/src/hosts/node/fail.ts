import { isLogServiceError } from "@log-service/core";

/** Ends the process because it cannot start, saying why in plain lines and not as a stack trace. */
export const fail = (...reasons: readonly unknown[]): never => {
  for (const reason of reasons) {
    const isOurs = isLogServiceError(reason) || typeof reason === "string";
    const text = reason instanceof Error ? (isOurs ? reason.message : reason.stack) : reason;
    process.stderr.write(`log-service: ${text}\n`);
  }
  process.exit(1);
};
