import { LogServiceError } from "@log-service/core";
import type { Answer, Call } from "../handler.ts";

/** A part of an answer, as text or as the bytes of one. */
type Piece = string | Uint8Array;

const bytesOf = (piece: Piece): Uint8Array =>
  typeof piece === "string" ? Buffer.from(piece) : piece;

/** All pieces in one, for a host that cannot send an answer while it is made. Throws EXPORT_TOO_LARGE. */
const gather = async (pieces: AsyncIterable<Piece>, bytesMax: number): Promise<string> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    const part = bytesOf(piece);
    parts.push(part);
    bytes += part.length;
    if (bytes <= bytesMax) continue;
    const limit = `${bytesMax} bytes, the most that this host can answer at once`;
    throw new LogServiceError("EXPORT_TOO_LARGE", `the export is larger than ${limit}`);
  }
  return Buffer.concat(parts).toString();
};

/**
 * A reader that takes nothing for so long has left without saying so. Waiting for it would keep what it reads from being
 * compacted and from expiring.
 */
const stalledMs = 10 * 60_000;

/**
 * Makes a body of pieces. The next piece is asked for when the reader has room for it; a reader that goes
 * away aborts the signal. Resolves with the first piece at hand, so that what fails at once is a proper answer; what
 * fails later cuts the connection, since only that tells a reader that something is missing.
 */
export const streamPieces = async (
  { request, requestId, deps }: Pick<Call, "request" | "requestId" | "deps">,
  open: (signal: AbortSignal) => AsyncIterable<Piece>,
): Promise<Answer["body"]> => {
  const { bufferedBytesMax, log } = deps;
  if (bufferedBytesMax !== undefined) return gather(open(request.signal), bufferedBytesMax);
  const reader = new AbortController();
  const signal = AbortSignal.any([request.signal, reader.signal]);
  const pieces = open(signal)[Symbol.asyncIterator]();
  let next: IteratorResult<Piece> | undefined = await pieces.next();
  let stall: NodeJS.Timeout | undefined;
  const leave = async (reason: unknown): Promise<void> => {
    clearTimeout(stall);
    reader.abort(reason);
    await pieces.return?.();
  };
  // Whoever carries the answer may show this one to anybody.
  const cutOff = () => new Error("the answer was cut off");
  const watch = (controller: ReadableStreamDefaultController) => {
    stall = setTimeout(() => {
      log.debug("a client took nothing for long", { requestId });
      controller.error(cutOff());
      leave("the client took nothing for long").catch((error) =>
        log.error("an answer could not be ended", { requestId, error }),
      );
    }, stalledMs);
  };
  return new ReadableStream<Uint8Array>(
    {
      start: watch,
      pull: async (controller) => {
        clearTimeout(stall);
        try {
          const piece = next ?? (await pieces.next());
          next = undefined;
          if (piece.done) return controller.close();
          controller.enqueue(bytesOf(piece.value));
          watch(controller);
        } catch (error) {
          if (!signal.aborted) log.error("an answer was cut off", { requestId, error });
          controller.error(cutOff());
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
};
