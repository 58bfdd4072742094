import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from "node:zlib";
import { LogServiceError } from "@log-service/core";

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

/** Makes the decoder of a Content-Encoding; undefined when there is nothing to decode. */
export type CreateDecoder = (() => Transform) | undefined;

/** Finds the decoder for a Content-Encoding. Throws CONTENT_ENCODING_UNSUPPORTED. */
export const decoderFor = (contentEncoding: string | null): CreateDecoder => {
  const encoding = contentEncoding?.trim().toLowerCase() ?? "";
  if (encoding === "identity" || encoding === "") return undefined;
  const create = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (create !== undefined) return create;
  throw new LogServiceError(
    "CONTENT_ENCODING_UNSUPPORTED",
    `Content-Encoding ${JSON.stringify(encoding.slice(0, 40))} is not supported; use gzip, deflate, br or zstd`,
  );
};

/** A decoder holds up to 16 MiB whatever comes out of it, so that only so many work at once; the others wait. */
const decodersAtOnce = 2;

/** Lets a few tasks run at once, the others in the order in which they came. */
export const createTurns = (atOnce: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (running === atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
};

/** Runs decoders, some at a time. */
export type Turns = ReturnType<typeof createTurns>;

export const createDecoderTurns = (): Turns => createTurns(decodersAtOnce);

const isDecoderError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && "code" in error && /^(Z_|ERR_|ZSTD_)/.test(String(error.code));

/** How much goes into a decoder at once: it stops soon after what comes out of it was too much. */
const inputBytes = 64 * 1024;

function* piecesOf(bytes: Uint8Array) {
  for (let start = 0; start < bytes.length; start += inputBytes)
    yield bytes.subarray(start, start + inputBytes);
}

/**
 * Decodes a whole body, and stops when `add` throws: a bomb costs no more memory than an honest body. Throws
 * BODY_INVALID when the bytes are not what the encoding says.
 */
export const inflate = async (
  bytes: Uint8Array,
  decoder: Transform,
  add: (part: Uint8Array) => void,
): Promise<void> => {
  const collect = async (parts: AsyncIterable<Uint8Array>) => {
    for await (const part of parts) add(part);
  };
  try {
    await pipeline(piecesOf(bytes), decoder, collect);
  } catch (cause) {
    if (!isDecoderError(cause) || cause.name === "AbortError") throw cause;
    throw new LogServiceError(
      "BODY_INVALID",
      `the body cannot be decompressed: ${cause.message.slice(0, 100)}`,
      { cause },
    );
  }
};
