import { LogServiceError } from "@log-service/core";
import type { Answer, Call } from "../handler.ts";

/** All pieces in one, for a host that cannot send an answer while it is made. Throws EXPORT_TOO_LARGE. */
const gather = async (pieces: AsyncIterable<string>, bytesMax: number): Promise<string> => {
  let text = "";
  let bytes = 0;
  for await (const piece of pieces) {
    text += piece;
    bytes += Buffer.byteLength(piece);
    if (bytes <= bytesMax) continue;
    const limit = `${bytesMax} bytes, the most that this host can answer at once`;
    throw new LogServiceError("EXPORT_TOO_LARGE", `the export is larger than ${limit}`);
  }
  return text;
};

/**
 * Makes a body of pieces of text. The next piece is asked for when the reader has room for it; a reader that goes
 * away aborts the signal. Resolves with the first piece at hand, so that what fails at once is a proper answer; what
 * fails later cuts the connection, since only that tells a reader that something is missing.
 */
export const streamPieces = async (
  { request, requestId, deps }: Pick<Call, "request" | "requestId" | "deps">,
  open: (signal: AbortSignal) => AsyncIterable<string>,
): Promise<Answer["body"]> => {
  const { bufferedBytesMax, log } = deps;
  if (bufferedBytesMax !== undefined) return gather(open(request.signal), bufferedBytesMax);
  const reader = new AbortController();
  const signal = AbortSignal.any([request.signal, reader.signal]);
  const pieces = open(signal)[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let next: IteratorResult<string> | undefined = await pieces.next();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const piece = next ?? (await pieces.next());
          next = undefined;
          if (piece.done) controller.close();
          else controller.enqueue(encoder.encode(piece.value));
        } catch (error) {
          if (!signal.aborted) log.error("an answer was cut off", { requestId, error });
          // Whoever carries the answer may show this one to anybody.
          controller.error(new Error("the answer was cut off"));
        }
      },
      cancel: async (reason) => {
        reader.abort(reason);
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
};
