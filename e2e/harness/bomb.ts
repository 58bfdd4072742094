import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  constants,
  createBrotliCompress,
  createDeflate,
  createGzip,
  createZstdCompress,
} from "node:zlib";

const compressors = {
  gzip: () => createGzip(),
  deflate: () => createDeflate(),
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  zstd: () => createZstdCompress(),
} as const;

export type Encoding = keyof typeof compressors;

const part = Buffer.alloc(2 ** 20, "[");

/** So many MiB of brackets, compressed: small to send, large to read. */
export const createBomb = async (
  encoding: Encoding,
  mib: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  const plain = Readable.from(
    (function* () {
      for (let count = 0; count < mib; count++) yield part;
    })(),
  );
  return new Uint8Array(await buffer(plain.pipe(compressors[encoding]())));
};
