import { isLogServiceError, LogServiceError } from "../errors.ts";

export const corrupt = (reason: string, cause?: unknown): LogServiceError =>
  new LogServiceError("CHUNK_CORRUPT", `a chunk cannot be decoded: ${reason}`, { cause });

/** Runs what reads a chunk, and lets no other error out than CHUNK_CORRUPT. */
export const guarded = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw isLogServiceError(error) ? error : corrupt("its content makes no sense", error);
  }
};
