import { once } from "node:events";
import type { Writable } from "node:stream";

/** What Lambda's runtime puts into the global scope for functions that answer while they work. */
interface LambdaGlobals {
  readonly streamifyResponse: <E, C>(
    handler: (event: E, stream: Writable, context: C) => Promise<void>,
  ) => (event: E, stream: Writable, context: C) => Promise<void>;
  readonly HttpResponseStream: { from(stream: Writable, head: object): Writable };
}

const lambdaGlobals = (): LambdaGlobals => {
  // Nothing else is called so; its shape is documented by AWS.
  const { awslambda } = globalThis as { awslambda?: LambdaGlobals };
  if (awslambda === undefined)
    throw new Error("LOG_SERVICE_INVOKE_MODE is RESPONSE_STREAM, which this runtime cannot do");
  return awslambda;
};

/** Writes a body as fast as it is taken. When the stream closes first, the body is cancelled. */
export const pump = async (
  body: ReadableStream<Uint8Array> | null,
  stream: Writable,
): Promise<void> => {
  const gone = new AbortController();
  const reader = body?.getReader();
  const leave = () => {
    gone.abort(new Error("the stream closed before its end"));
    // Its failure would be that of `read` below.
    reader?.cancel(gone.signal.reason).catch(() => undefined);
  };
  stream.once("close", leave);
  // The head goes out with the first write, also of an answer without a body.
  stream.write(new Uint8Array());
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    gone.signal.throwIfAborted();
    if (done || value === undefined) break;
    if (!stream.write(value)) await once(stream, "drain", { signal: gone.signal });
  }
  stream.off("close", leave);
  stream.end();
};

/** Makes a handler that streams its answers. What it throws midway, the runtime passes on as a broken answer. */
export const toStreamingHandler = <E, C>(
  answer: (event: E, context: C) => Promise<Response>,
  onEnd: () => Promise<void>,
): ((event: E, stream: Writable, context: C) => Promise<void>) => {
  const { streamifyResponse, HttpResponseStream } = lambdaGlobals();
  return streamifyResponse<E, C>(async (event, stream, context) => {
    try {
      const response = await answer(event, context);
      const head = { statusCode: response.status, headers: Object.fromEntries(response.headers) };
      await pump(response.body, HttpResponseStream.from(stream, head));
    } finally {
      await onEnd();
    }
  });
};
