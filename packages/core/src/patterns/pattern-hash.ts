import { createHash } from "node:crypto";

/** Names a pattern for good: the same text has the same hash today and tomorrow. 16 hex digits. */
export const hashOfPattern = (pattern: string): string =>
  createHash("sha256").update(JSON.stringify(pattern)).digest("hex").slice(0, 16);
