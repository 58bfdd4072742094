import { Buffer } from "node:buffer";

/** A text as bytes, somewhere in a larger buffer. */
export interface TextBytes {
  readonly slab: Buffer;
  readonly start: number;
  readonly end: number;
}

const slabBytes = 512 * 1024;

/**
 * Returns what turns texts into bytes, many of them in one buffer. Texts that are put together of parts are held by V8 as
 * trees of these parts, which take several times their length and cost the garbage collector more than all the rest.
 */
export const createTextSlabs = (): ((text: string) => TextBytes) => {
  let slab = Buffer.alloc(0);
  let used = 0;
  return (text) => {
    // A character of UTF-16 has three bytes of UTF-8 at most.
    const bytesMax = text.length * 3;
    if (slab.length - used < bytesMax) {
      slab = Buffer.allocUnsafe(Math.max(slabBytes, bytesMax));
      used = 0;
    }
    const start = used;
    used += slab.write(text, start);
    return { slab, start, end: used };
  };
};
