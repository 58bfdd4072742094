import { compressors, encodings } from "../compress.ts";
import { entry, type HostileBody, refused, utf8 } from "./hostile-body.ts";

/** What a body of zeros takes after decompression, in bytes. */
export const bombBytes = 48 * 2 ** 20;

const good = utf8(`[${entry('"a":1')}]`);

export const compressed: readonly HostileBody[] = encodings.flatMap((encoding): HostileBody[] => [
  {
    name: `plain text that says it is ${encoding}`,
    body: () => good,
    encoding,
    outcome: refused("BODY_INVALID"),
  },
  {
    name: `no bytes that say they are ${encoding}`,
    body: () => new Uint8Array(),
    encoding,
    outcome: refused("BODY_INVALID"),
  },
  {
    name: `truncated ${encoding}`,
    body: () => compressors[encoding](good).slice(0, -3),
    encoding,
    outcome: refused("BODY_INVALID"),
  },
  {
    name: `a decompression bomb as ${encoding}`,
    body: () => compressors[encoding](new Uint8Array(bombBytes)),
    encoding,
    outcome: refused("BODY_TOO_LARGE", 413),
  },
]);

/** A frame with one raw block that asks for a window of `2 ** windowLog` bytes (RFC 8878, 3.1.1). */
const zstdFrame = (content: Uint8Array, windowLog: number) => {
  const block = (content.length << 3) | 1;
  const head = [0x28, 0xb5, 0x2f, 0xfd, 0, (windowLog - 10) << 3];
  return Uint8Array.of(...head, block & 0xff, (block >> 8) & 0xff, block >> 16, ...content);
};

export const headers: readonly HostileBody[] = [
  {
    name: "gzip that says it is zstd",
    body: () => compressors.gzip(good),
    encoding: "zstd",
    outcome: refused("BODY_INVALID"),
  },
  {
    name: "zstd that wants a window of 128 MiB",
    body: () => zstdFrame(good, 27),
    encoding: "zstd",
    outcome: refused("BODY_INVALID"),
  },
  {
    name: "zstd with the largest window that RFC 9659 allows",
    body: () => zstdFrame(good, 23),
    encoding: "zstd",
    outcome: { stored: [{ message: "m", attributes: { a: 1 } }] },
  },
  {
    name: "gzip that does not say so",
    body: () => compressors.gzip(good),
    outcome: refused("BODY_INVALID"),
  },
  {
    name: "an unknown encoding",
    body: () => good,
    encoding: "lzma",
    outcome: refused("CONTENT_ENCODING_UNSUPPORTED", 415),
  },
  ...[
    "text/html",
    "application/x-www-form-urlencoded",
    "image/png",
    "application/json; charset=utf-16",
    ";",
  ].map(
    (type): HostileBody => ({
      name: `the content type ${type}`,
      body: () => good,
      type,
      outcome: refused("CONTENT_TYPE_UNSUPPORTED", 415),
    }),
  ),
];
