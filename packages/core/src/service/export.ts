import { Buffer } from "node:buffer";
import type { Filter } from "@log-service/query";
import { createCsvRenderer, csvColumnsDefault, csvRecord } from "../entry/render-csv.ts";
import { renderEntry } from "../entry/render-entry.ts";
import { createEvaluator } from "../evaluate/evaluate.ts";
import { type AllDeps, type AllPlan, scanAll } from "./scan-all.ts";
import type { SearchDeps } from "./search.ts";
import type { Order } from "./select.ts";
import { createTextSlabs, type TextBytes } from "./text-slabs.ts";
import { collectWarnings, type Warning } from "./warning.ts";

export type ExportFormat =
  | { readonly name: "ndjson" }
  /** Columns are fields as a query names them, or `attributes` for all attributes as JSON. */
  | { readonly name: "csv"; readonly columns: readonly string[] | undefined };

export interface ExportRequest {
  readonly filter: Filter;
  /** Milliseconds since 1970: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly order: Order;
  readonly format: ExportFormat;
  readonly signal?: AbortSignal | undefined;
}

interface Renderer extends Pick<AllPlan, "render"> {
  readonly head: string;
  /** What tells that something was left out. */
  renderWarnings(warnings: readonly Warning[]): string;
}

const ndjsonRenderer: Renderer = {
  head: "",
  render: (entry) => `${renderEntry(entry)}\n`,
  renderWarnings: (warnings) => `${JSON.stringify({ warnings })}\n`,
};

const csvRenderer = (columns: readonly string[]): Renderer => ({
  head: csvRecord(columns),
  render: createCsvRenderer(columns),
  // A record has as many fields as the head.
  renderWarnings: (warnings) =>
    warnings
      .map(({ code, message }) => columns.map((_, at) => (at === 0 ? `# ${code}: ${message}` : "")))
      .map(csvRecord)
      .join(""),
});

const rendererOf = (format: ExportFormat): Renderer =>
  format.name === "ndjson" ? ndjsonRenderer : csvRenderer(format.columns ?? csvColumnsDefault);

/** The size of a piece, unless a line is larger. */
const pieceBytes = 64 * 1024;

/** Puts texts together to pieces of one size, so that whoever sends them has few calls to make. */
async function* toPieces(runs: AsyncIterable<readonly TextBytes[]>): AsyncGenerator<Uint8Array> {
  let piece = Buffer.allocUnsafe(pieceBytes);
  let used = 0;
  for await (const texts of runs) {
    for (const { slab, start, end } of texts) {
      if (used + end - start > piece.length) {
        if (used > 0) yield piece.subarray(0, used);
        piece = Buffer.allocUnsafe(Math.max(pieceBytes, end - start));
        used = 0;
      }
      used += slab.copy(piece, used, start, end);
    }
  }
  if (used > 0) yield piece.subarray(0, used);
}

/**
 * Yields everything that matches, in total order, as the bytes of a file. It reads on only while they are taken. When a
 * part of the store is damaged the rest is yielded, and the end of the file says what was left out.
 */
export async function* exportEntries(
  deps: AllDeps & Pick<SearchDeps, "onDamage"> & { readonly oldest: () => number },
  tenant: string,
  request: ExportRequest,
): AsyncGenerator<Uint8Array> {
  const { filter, from, to, order, format, signal } = request;
  const { head, render, renderWarnings } = rendererOf(format);
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  const evaluator = createEvaluator(filter);
  const plan = { tenant, evaluator, from, to, order, signal, onDamage, render };
  const toBytes = createTextSlabs();
  const texts = async function* () {
    yield [toBytes(head)];
    for await (const lines of scanAll(deps, plan)) {
      const oldest = deps.oldest();
      // Some may have expired since the export began.
      yield lines.filter(({ time }) => time >= oldest).map(({ text }) => text);
    }
    if (warnings.length > 0) yield [toBytes(renderWarnings(warnings))];
  };
  yield* toPieces(texts());
}
