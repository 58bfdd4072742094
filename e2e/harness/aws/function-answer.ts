import type { FunctionUrlResult } from "../../../packages/api/src/hosts/lambda/event.ts";

/** What an invocation may carry, in both directions, but for a streamed answer. */
export const payloadBytesMax = 6 * 1024 * 1024;

/** An answer that a function writes while it is read. */
export interface StreamedAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Throws when the function fails midway. */
  readonly parts: AsyncIterable<Uint8Array>;
}

export type FunctionAnswer = FunctionUrlResult | StreamedAnswer;
