import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyEntries, anyString } from "../chunk/test/arbitraries.ts";
import { sampleEntries } from "../chunk/test/sample.ts";
import type { Entry } from "../entry/entry.ts";
import { lowerAscii } from "../evaluate/lower-ascii.ts";
import { type ChunkFilter, makeChunkFilter, openChunkFilter } from "./chunk-filter.ts";
import { bitmapBytes, bitmapShareMax, formatVersion } from "./layout.ts";

const attribute = (name: string) => ({ kind: "attribute", name }) as const;

const upperAscii = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());

/** The filter of entries as those of a chunk of so many bytes; one that there is. */
const filterOf = (entries: readonly Entry[], chunkBytes = 100_000): ChunkFilter => {
  const bytes = makeChunkFilter(entries, chunkBytes);
  const filter = bytes && openChunkFilter(bytes);
  if (filter === undefined) throw new Error("there is no filter");
  return filter;
};

const players = Array.from({ length: 2000 }, (_, index) => ({
  ...sampleEntries(1)[0]!,
  message: "a player joined",
  attributeNames: ["player_id", "nth"],
  attributeValues: [`p-${index * 7919}`, index],
}));

describe("a chunk's filter", () => {
  const chunkBytes = fc
    .integer({ min: bitmapBytes.min, max: bitmapBytes.max })
    .map((bytes) => bytes / bitmapShareMax);

  it("leaves room for everything that a message contains, in any case, whatever its size", () => {
    fc.assert(
      fc.property(anyEntries(20), fc.nat(), fc.nat(), chunkBytes, (entries, a, b, size) => {
        const bytes = makeChunkFilter(entries, size);
        const filter = bytes && openChunkFilter(bytes);
        for (const { message } of entries) {
          const start = a % message.length;
          const part = message.slice(start, start + 1 + (b % message.length));
          expect(filter?.mayContain(lowerAscii(part))).not.toBe(false);
          expect(filter?.mayContain(lowerAscii(upperAscii(part)))).not.toBe(false);
        }
      }),
    );
  });

  it("leaves room for every string of every field", () => {
    fc.assert(
      fc.property(anyEntries(20), chunkBytes, (entries, size) => {
        const bytes = makeChunkFilter(entries, size);
        const filter = bytes && openChunkFilter(bytes);
        for (const { service, traceId, attributeNames, attributeValues } of entries) {
          const fields = [
            [{ kind: "builtIn", name: "service" } as const, service],
            [{ kind: "builtIn", name: "traceId" } as const, traceId],
            ...attributeNames.map(
              (name, index) => [attribute(name), attributeValues[index]] as const,
            ),
          ] as const;
          for (const [field, value] of fields)
            expect(typeof value !== "string" || filter?.mayHave(field, value)).not.toBe(false);
        }
      }),
    );
  });

  it("rules out words that no message contains, by a part of them already", () => {
    const filter = filterOf(sampleEntries(700, 700), 26_000);
    const words = ["kubernetes", "segmentation fault", "certificate", "longbow rusts"];
    expect(words.filter((word) => filter.mayContain(word))).toEqual([]);
    // Too short to tell.
    expect(["", "z", "zyz"].filter((word) => !filter.mayContain(word))).toEqual([]);
  });

  it("rules out nearly every value that no entry has in the field", () => {
    const filter = filterOf(players);
    const asked = Array.from({ length: 1000 }, (_, index) => `p-${index * 7919 + 1}`);
    const maybe = asked.filter((value) => filter.mayHave(attribute("player_id"), value));
    expect(maybe.length).toBeLessThan(120);
    expect(filter.mayHave(attribute("player_id"), "p-7919")).toBe(true);
    for (const name of ["victim_id", "PLAYER_ID", ""])
      expect(filter.mayHave(attribute(name), "p-7919")).toBe(false);
    expect(filter.mayHave({ kind: "builtIn", name: "service" }, "p-7919")).toBe(false);
  });

  it("takes two twentieths of a chunk at most, and small chunks have none", () => {
    for (const count of [20, 200, 2000]) {
      const bytes = makeChunkFilter(sampleEntries(count, 1), 1000 * count);
      expect(bytes?.length).toBeLessThanOrEqual(2 * bitmapShareMax * 1000 * count + 16);
    }
    expect(makeChunkFilter(players, bitmapBytes.min / bitmapShareMax - 1)).toBeUndefined();
  });

  it("has no bitmap that would rule out next to nothing", () => {
    const message = Array.from({ length: 40_000 }, (_, index) => index.toString(36)).join("-");
    const smallest = bitmapBytes.min / bitmapShareMax;
    const noisy = players.map((player, index) => (index === 0 ? { ...player, message } : player));
    expect(makeChunkFilter(noisy, smallest)).toBeUndefined();
    const filter = filterOf(players, smallest);
    expect(filter.mayContain("zyzzyva")).toBe(false);
    expect(filter.mayHave(attribute("none"), "none")).toBe(true);
  });

  it("is not believed when any bit of it is wrong, or it is cut", () => {
    const whole = makeChunkFilter(sampleEntries(60, 1), 4000) ?? new Uint8Array();
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const damaged = whole.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      // The three bytes behind the version say nothing, but the checksum knows them.
      expect(openChunkFilter(damaged)).toBeUndefined();
    }
    for (let length = 0; length < whole.length; length++)
      expect(openChunkFilter(whole.subarray(0, length))).toBeUndefined();
    expect(openChunkFilter(whole)).toBeDefined();
  });

  it("rules out nothing by bits that were set otherwise: a golden file has those of its version", () => {
    const bytes = readFileSync(new URL(`./golden/v${formatVersion}.filter`, import.meta.url));
    const filter = openChunkFilter(bytes);
    for (const { message, service = "", attributeNames, attributeValues } of sampleEntries(
      250,
      5,
    )) {
      expect(filter?.mayContain(lowerAscii(message))).toBe(true);
      expect(filter?.mayHave({ kind: "builtIn", name: "service" }, service)).toBe(true);
      for (const [index, value] of attributeValues.entries())
        if (typeof value === "string")
          expect(filter?.mayHave(attribute(attributeNames[index] ?? ""), value)).toBe(true);
    }
    expect(filter?.mayContain("zyzzyva")).toBe(false);
    expect(filter?.mayHave(attribute("player_id"), "p-none")).toBe(false);
  });

  it("opens whatever it is given", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), anyString, (bytes, text) => {
        expect(openChunkFilter(bytes)?.mayContain(text)).toBeUndefined();
      }),
    );
  });
});
