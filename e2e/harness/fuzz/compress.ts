import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";

type Bytes = Uint8Array<ArrayBuffer>;

const owned = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

const brotliQuickly = (bytes: Uint8Array) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

export const compressors = {
  gzip: (bytes: Uint8Array) => owned(gzipSync(bytes, { level: 1 })),
  deflate: (bytes: Uint8Array) => owned(deflateSync(bytes, { level: 1 })),
  br: (bytes: Uint8Array) => owned(brotliQuickly(bytes)),
  zstd: (bytes: Uint8Array) => owned(zstdCompressSync(bytes)),
} as const;

/** The content encodings that the service takes. */
export const encodings = ["gzip", "deflate", "br", "zstd"] as const;
