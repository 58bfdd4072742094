import { LogServiceError } from "@log-service/sdk";
import type { RefObject } from "react";
import { useClient } from "../../client/client-provider.tsx";
import { useView } from "../../view/view-provider.tsx";
import type { ExportState } from "./export-state.ts";
import { receive } from "./receive.ts";
import { openSink } from "./sinks.ts";
import { type Format, trailerWarnings } from "./trailer.ts";

export interface ExportControl {
  readonly state: ExportState;
  readonly setState: (state: ExportState) => void;
  readonly running: RefObject<AbortController | undefined>;
}

/** Drawn so often at most: bytes arrive faster than anyone reads. */
const drawEveryMs = 200;

const isGivenUp = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "AbortError";

const endOf = (error: unknown): ExportState => {
  if (isGivenUp(error)) return { kind: "cancelled" };
  return { kind: "failed", error: error instanceof Error ? error : new Error(`${error}`) };
};

const bodyOf = (response: Response): AsyncIterable<Uint8Array<ArrayBuffer>> => {
  const { body } = response;
  if (!body) throw new LogServiceError("UNEXPECTED_ANSWER", "the answer has no file in it");
  const reader = body.getReader();
  // Not every browser iterates a stream by itself.
  return (async function* () {
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
    } finally {
      // Where the file cannot be written, the rest is not sent.
      await reader.cancel().catch(() => undefined);
    }
  })();
};

const fileName = (format: Format, now: Date): string =>
  `logs-${now.toISOString().slice(0, 19).replaceAll(":", "")}.${format}`;

/** Exports the entries of the view to a file. */
export const useExport = ({ setState, running }: ExportControl) => {
  const { client } = useClient();
  const { view, window } = useView();
  const run = async (format: Format): Promise<ExportState> => {
    const control = new AbortController();
    running.current = control;
    const { signal } = control;
    // Before a person is asked where to: a second click must not begin another one.
    setState({ kind: "running", bytes: 0 });
    const sink = await openSink(fileName(format, new Date()), format);
    let drawnAt = 0;
    const draw = (bytes: number) => {
      if (performance.now() - drawnAt < drawEveryMs) return;
      drawnAt = performance.now();
      setState({ kind: "running", bytes });
    };
    const response = await client
      .export({ q: view.q, ...window, format }, { signal })
      .catch(async (error) => {
        await sink.discard();
        throw error;
      });
    const { bytes, end, brokenBy } = await receive(bodyOf(response), sink, draw, signal);
    if (brokenBy) return { kind: "cut", bytes };
    return { kind: "done", bytes, warnings: trailerWarnings(end, format) };
  };
  const start = (format: Format) => run(format).catch(endOf).then(setState);
  const cancel = () => running.current?.abort();
  return { start, cancel };
};
