import type { Filter } from "@log-service/query";
import { createCsvRenderer, csvColumnsDefault, csvRecord } from "../entry/render-csv.ts";
import { renderEntry } from "../entry/render-entry.ts";
import { createEvaluator } from "../evaluate/evaluate.ts";
import type { Damage } from "../store.ts";
import { type AllDeps, type AllPlan, scanAll } from "./scan-all.ts";
import type { SearchDeps } from "./search.ts";
import type { Order } from "./select.ts";
import { damageWarning, type Warning, warningsMax } from "./warning.ts";

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
  warnings(warnings: readonly Warning[]): string;
}

const ndjsonRenderer: Renderer = {
  head: "",
  render: (entry) => `${renderEntry(entry)}\n`,
  warnings: (warnings) => `${JSON.stringify({ warnings })}\n`,
};

const csvRenderer = (columns: readonly string[]): Renderer => ({
  head: csvRecord(columns),
  render: createCsvRenderer(columns),
  // A record has as many fields as the head.
  warnings: (warnings) =>
    warnings
      .map(({ code, message }) => columns.map((_, at) => (at === 0 ? `# ${code}: ${message}` : "")))
      .map(csvRecord)
      .join(""),
});

const rendererOf = (format: ExportFormat): Renderer =>
  format.name === "ndjson" ? ndjsonRenderer : csvRenderer(format.columns ?? csvColumnsDefault);

/** A piece is sent when it has so many characters. */
const pieceLength = 64 * 1024;

/**
 * Yields everything that matches, in total order, as the text of a file in pieces. It reads on only while pieces are
 * taken. When a part of the store is damaged the rest is yielded, and the end of the text says what was left out.
 */
export async function* exportEntries(
  deps: AllDeps & Pick<SearchDeps, "onDamage"> & { readonly oldest: () => number },
  tenant: string,
  request: ExportRequest,
): AsyncGenerator<string> {
  const { filter, from, to, order, format, signal } = request;
  const renderer = rendererOf(format);
  const warnings: Warning[] = [];
  const onDamage = (damage: Damage) => {
    if (warnings.length < warningsMax) warnings.push(damageWarning(damage));
    deps.onDamage({ ...damage, tenant });
  };
  const evaluator = createEvaluator(filter);
  const plan = { tenant, evaluator, from, to, order, signal, onDamage, render: renderer.render };
  let piece = renderer.head;
  for await (const lines of scanAll(deps, plan)) {
    for (const { text, time } of lines) {
      // It may have expired since the export began.
      if (time < deps.oldest()) continue;
      piece += text;
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = "";
    }
  }
  if (warnings.length > 0) piece += renderer.warnings(warnings);
  if (piece !== "") yield piece;
}
