/** One log line as a game sends it: its attributes stand at the top level, beside the built-in fields. */
export interface GameEntry {
  /** ISO 8601, or milliseconds since 1970 from the service that sends numbers. */
  timestamp: string | number;
  severity: "info" | "warning" | "error";
  service: string;
  message: string;
  /** The agent that ships this entry; with `seq` it makes loss and duplicates countable. */
  producer: string;
  /** 0, 1, 2, ... without a gap for each producer, in the order of sending. */
  seq: number;
  level?: string;
  traceId?: string;
  /** A `bigint` stands for a bare JSON integer that no JavaScript number can hold. */
  [attribute: string]: unknown;
}

// The language has it since Node 22; TypeScript's library does not know it yet.
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** The JSON text of an entry, `platform_id` digit for digit where it is a bare integer. */
export const toJson = (entry: GameEntry): string => {
  const { platform_id: platformId } = entry;
  if (typeof platformId !== "bigint") return JSON.stringify(entry);
  return JSON.stringify({ ...entry, platform_id: rawJSON(platformId.toString()) });
};
