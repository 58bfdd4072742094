import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerAscii } from "../evaluate/lower-ascii.ts";
import { type MessageFilter, makeFilter, openFilter } from "./filter.ts";
import { encodeChunk, openChunk } from "./index.ts";
import { filterBytes, filterShareMax } from "./layout.ts";
import { anyEntries } from "./test/arbitraries.ts";
import { chunkIdFor, sampleEntries } from "./test/sample.ts";

const open = (bits: Uint8Array): MessageFilter =>
  openFilter(bits, 0, { bytes: bits.length, checksum: crc32(bits) });

const upperAscii = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());

const chunkOf = (count: number, hasFilter = true) => {
  const entries = sampleEntries(count, count);
  return encodeChunk(entries, { id: chunkIdFor(entries), hasFilter }).bytes;
};

describe("a filter of messages", () => {
  it("leaves room for everything that a message contains, in any case, whatever its size", () => {
    const size = fc.integer({ min: filterBytes.min, max: filterBytes.max });
    fc.assert(
      fc.property(anyEntries(20), fc.nat(), fc.nat(), size, (entries, a, b, bytes) => {
        const bits = makeFilter(entries, bytes / filterShareMax);
        const filter = bits && open(bits);
        for (const { message } of entries) {
          const start = a % message.length;
          const part = message.slice(start, start + 1 + (b % message.length));
          expect(filter?.mayContain(lowerAscii(part))).not.toBe(false);
          expect(filter?.mayContain(lowerAscii(upperAscii(part)))).not.toBe(false);
        }
      }),
    );
  });

  it("rules out what no message contains, by a part of it already", () => {
    const reader = openChunk(chunkOf(700));
    const words = ["kubernetes", "segmentation fault", "certificate", "longbow rusts"];
    expect(words.filter((word) => reader.mayContain(word))).toEqual([]);
    // Too short to tell.
    expect(["", "z", "zyz"].filter((word) => !reader.mayContain(word))).toEqual([]);
  });

  it("takes a twentieth of a chunk at most, and is left out of small ones", () => {
    for (const count of [20, 200, 700, 2000]) {
      const plain = chunkOf(count, false).length;
      expect(chunkOf(count).length - plain).toBeLessThanOrEqual(plain * filterShareMax + 8);
    }
    expect(chunkOf(20)).toEqual(chunkOf(20, false));
    expect(chunkOf(700).length).toBeGreaterThan(chunkOf(700, false).length + filterBytes.min);
  });

  it("is left out where it would rule out next to nothing", () => {
    const message = Array.from({ length: 40_000 }, (_, index) => index.toString(36)).join("-");
    expect(makeFilter([{ message }], filterBytes.min / filterShareMax)).toBeUndefined();
    expect(
      makeFilter([{ message: "a few words" }], filterBytes.min / filterShareMax),
    ).toBeDefined();
  });

  it("spares decompressing anything", () => {
    const reader = openChunk(chunkOf(700));
    reader.mayContain("zyzzyva");
    expect(reader.bytesDecompressed).toBe(0);
  });
});
