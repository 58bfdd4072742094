import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from "node:zlib";
import { LogServiceError } from "@log-service/core";
import type { BodyBudget } from "./body-budget.ts";

/** The bytes of a body as they arrive; an empty list for no body. */
type BodySource = Readable | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

type AddPart = (part: Uint8Array) => void;

/**
 * Listens to a stream: cheaper than iterating it, and a stream that is left early stays open, so that the refusal
 * still gets out on its socket.
 */
const listenTo = (stream: Readable, add: AddPart): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      stream.off("data", onData).off("end", onEnd).off("error", onBroken).off("close", onBroken);
    };
    const onEnd = () => {
      stop();
      resolve();
    };
    const onBroken = (cause?: unknown) => {
      stop();
      reject(new LogServiceError("BODY_INVALID", "the body broke off before its end", { cause }));
    };
    const onData = (part: Uint8Array) => {
      try {
        add(part);
      } catch (error) {
        stop();
        reject(error);
      }
    };
    stream.on("data", onData).on("end", onEnd).on("error", onBroken).on("close", onBroken);
  });

const pump = async (source: BodySource, add: AddPart): Promise<void> => {
  if (source instanceof Readable) await listenTo(source, add);
  else for await (const part of source) add(part);
};

/** The parts of a source that keeps its socket when it is left early. */
const partsOf = (source: BodySource) =>
  source instanceof Readable ? source.iterator({ destroyOnReturn: false }) : source;

/** 8 MiB, as RFC 9659 demands of `zstd`: a body of some bytes could otherwise ask for a window of 128 MiB. */
const zstdWindowLogMax = 23;

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: () =>
    createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: zstdWindowLogMax } }),
};

interface ReadOptions {
  readonly source: BodySource;
  readonly contentLength: string | null;
  readonly contentEncoding: string | null;
  /** The most bytes, as sent and again after decompression. */
  readonly bytesMax: number;
  readonly budget: BodyBudget;
}

/** A body that was read. Give it back when its request is done: it holds a part of the budget. */
export interface HeldBody extends Disposable {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const tooLarge = (bytesMax: number, what: string) =>
  new LogServiceError("BODY_TOO_LARGE", `${what}; the limit is ${bytesMax} bytes`);

const decoderOf = (contentEncoding: string | null): Transform | undefined => {
  const encoding = contentEncoding?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity" || encoding === "") return undefined;
  const create = decoders[encoding];
  if (create === undefined || !Object.hasOwn(decoders, encoding))
    throw new LogServiceError(
      "CONTENT_ENCODING_UNSUPPORTED",
      `Content-Encoding ${JSON.stringify(encoding.slice(0, 40))} is not supported; use gzip, deflate, br or zstd`,
    );
  return create();
};

/** Collects bytes, and takes room for them from the budget as they come. */
const createCollector = (bytesMax: number, budget: BodyBudget, what: string) => {
  const parts: Uint8Array[] = [];
  let length = 0;
  return {
    add: (part: Uint8Array) => {
      if (length + part.length > bytesMax) throw tooLarge(bytesMax, what);
      budget.take(part.length);
      length += part.length;
      parts.push(part);
    },
    /** One buffer of its own, so that it can be moved to another thread. */
    join: (): Uint8Array<ArrayBuffer> => {
      const joined = new Uint8Array(length);
      let offset = 0;
      for (const part of parts) {
        joined.set(part, offset);
        offset += part.length;
      }
      return joined;
    },
    get length() {
      return length;
    },
  };
};

const isDecoderError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && "code" in error && /^(Z_|ERR_|ZSTD_)/.test(String(error.code));

/** Inflates while it arrives, and stops at the limit: a bomb costs no more memory than an honest body. */
const inflate = async (
  { source, bytesMax, contentEncoding }: ReadOptions,
  decoder: Transform,
  add: AddPart,
) => {
  let sent = 0;
  const counted = async function* () {
    for await (const part of partsOf(source)) {
      sent += part.length;
      if (sent > bytesMax)
        throw tooLarge(bytesMax, `the body is more than ${bytesMax} bytes as sent`);
      yield part;
    }
  };
  const collect = async (parts: AsyncIterable<Uint8Array>) => {
    for await (const part of parts) add(part);
  };
  try {
    await pipeline(counted(), decoder, collect);
  } catch (cause) {
    if (!isDecoderError(cause) || cause.name === "AbortError") throw cause;
    throw new LogServiceError(
      "BODY_INVALID",
      `the body cannot be decompressed as ${contentEncoding}: ${cause.message.slice(0, 100)}`,
      { cause },
    );
  }
};

/**
 * Reads a body whole. Throws BODY_TOO_LARGE, CONTENT_ENCODING_UNSUPPORTED, BODY_INVALID (not what its encoding says)
 * and BUSY (the bodies in flight use up the budget).
 */
export const readBody = async (options: ReadOptions): Promise<HeldBody> => {
  const { source, contentLength, contentEncoding, bytesMax, budget } = options;
  if (Number(contentLength) > bytesMax)
    throw tooLarge(bytesMax, `the body is ${contentLength} bytes`);
  const decoder = decoderOf(contentEncoding);
  const what = `the body is more than ${bytesMax} bytes${decoder ? " decompressed" : ""}`;
  const collector = createCollector(bytesMax, budget, what);
  try {
    if (decoder) await inflate(options, decoder, collector.add);
    else await pump(source, collector.add);
    return {
      bytes: collector.join(),
      [Symbol.dispose]: () => budget.giveBack(collector.length),
    };
  } catch (error) {
    budget.giveBack(collector.length);
    throw error;
  }
};
