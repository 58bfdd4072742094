export type Format = "ndjson" | "csv";

const messagesIn = (line: string): readonly string[] => {
  try {
    const value: { logId?: unknown; warnings?: readonly { message: string }[] } = JSON.parse(line);
    return value.logId === undefined ? (value.warnings ?? []).map(({ message }) => message) : [];
  } catch {
    return [];
  }
};

/** A record in which a warning stands: its columns but the first are empty. Other records begin with a time. */
const csvWarning = /^"?# [A-Z_]+: (.*?)"?,+$/;

/**
 * What the end of an export says about what is missing in it: a last line of NDJSON with `warnings` in place of an
 * entry, records of CSV that begin with `#`.
 */
export const trailerWarnings = (end: string, format: Format): readonly string[] => {
  // Messages of many lines have line feeds of their own.
  const lines = end.split(format === "csv" ? "\r\n" : "\n").filter((line) => line.trim() !== "");
  if (format === "ndjson") return messagesIn(lines.at(-1) ?? "");
  return lines
    .slice(lines.findLastIndex((line) => !csvWarning.test(line)) + 1)
    .flatMap((line) => csvWarning.exec(line)?.[1]?.replaceAll('""', '"') ?? []);
};
