import { LogServiceError } from "@log-service/sdk";
import { failureSentence } from "../../components/failure-text.ts";
import { formatBytes } from "../../format/number.ts";
import type { ExportState } from "./export-state.ts";

interface ExportText {
  readonly text: string;
  /** What is missing in the file, or why there is none. */
  readonly problems: readonly string[];
}

const tooLarge =
  "The result is larger than this service sends at once. Take a shorter range, or a query that finds less.";

/** What is said about an export when it has ended. */
export const exportText = (state: ExportState): ExportText => {
  if (state.kind === "cancelled") return { text: "Cancelled: no file was saved.", problems: [] };
  if (state.kind === "done" && state.warnings.length === 0)
    return { text: `Saved, ${formatBytes(state.bytes)}.`, problems: [] };
  if (state.kind === "done")
    return {
      text: `Saved, ${formatBytes(state.bytes)}, but something is missing in it:`,
      problems: state.warnings,
    };
  if (state.kind === "cut")
    return {
      text: `The connection broke after ${formatBytes(state.bytes)}: the file has only a part. Export it again.`,
      problems: [],
    };
  if (state.kind !== "failed") return { text: "", problems: [] };
  const { error } = state;
  // Else it is the browser that could not write the file.
  if (!(error instanceof LogServiceError))
    return { text: "No file was saved.", problems: [error.message] };
  const problems =
    error.code === "EXPORT_TOO_LARGE" ? [tooLarge, error.message] : [failureSentence(error)];
  return { text: "No file was saved.", problems };
};
