import { matches, parse } from "@log-service/query";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openChunk } from "../chunk/decode.ts";
import { encodeChunk } from "../chunk/encode.ts";
import { chunkIdFor, sampleEntries } from "../chunk/test/sample.ts";
import { type Entry, severities } from "../entry/entry.ts";
import { EntrySet } from "../evaluate/entry-set.ts";
import { shapesOfChunk } from "./chunk-shapes.ts";
import { groupShapes } from "./group.ts";
import { createMasker } from "./masker.ts";
import { queryOfPattern } from "./pattern-query.ts";
import { createShapes, type Shapes } from "./shapes.ts";
import { regroup } from "./tally.ts";
import { anyMessages } from "./test/arbitraries.ts";

const chunkShapes = (entries: readonly Entry[], isWanted = (_: number) => true) => {
  const reader = openChunk(encodeChunk(entries, { id: chunkIdFor(entries) }).bytes);
  const all = EntrySet.range(entries.length, 0, entries.length);
  return shapesOfChunk(reader, all.filter(isWanted), createMasker());
};

/** What is counted of each shape, without what depends on the ids of chunks. */
const countsOf = ({ tallies }: Shapes) =>
  Object.fromEntries(
    [...tallies].map(([shape, { count, severities: counts, firstTime, lastTime }]) => [
      shape,
      { count, counts, firstTime, lastTime },
    ]),
  );

/** The same, of the messages themselves. */
const expectedOf = (entries: readonly Entry[]) => {
  const masker = createMasker();
  const byShape = Map.groupBy(entries, ({ message }) => masker.shapeOf(message));
  return Object.fromEntries(
    [...byShape].map(([shape, own]) => [
      shape,
      {
        count: own.length,
        counts: severities.map((word) => own.filter(({ severity }) => severity === word).length),
        firstTime: own[0]!.timestamp,
        lastTime: own.at(-1)!.timestamp,
      },
    ]),
  );
};

const patternsOf = (shapes: Shapes) => {
  const counted = [...shapes.tallies].map(([shape, { count }]) => ({ shape, count }));
  return regroup(shapes.tallies, groupShapes(counted));
};

describe("the shapes of a chunk", () => {
  it.each([
    ["-", "T", "<id>"],
    ["-", "kB", "<id>"],
    ["-", "ms", "<duration>"],
    ["", "T", "<size>"],
  ])(
    "are those of its messages where a column is stored as %s and digits and %s",
    (prefix, suffix, mask) => {
      // Fewer messages are not worth a template, and their words are masked one by one.
      const entries = sampleEntries(400, 1).map((one, index) => ({
        ...one,
        message: `left ${prefix}${index}${suffix} behind`,
      }));
      expect(chunkShapes(entries).map(({ shape }) => shape)).toEqual([`left ${mask} behind`]);
      expect(Object.keys(expectedOf(entries))).toEqual([`left ${mask} behind`]);
    },
  );

  it("are those of its messages", () => {
    fc.assert(
      fc.property(anyMessages, (entries) => {
        const shapes = createShapes();
        shapes.add(chunkShapes(entries));
        expect(countsOf(shapes)).toEqual(expectedOf(entries));
      }),
      { numRuns: 100 },
    );
  });

  it("are those of the entries that are asked for, many or few", () => {
    fc.assert(
      fc.property(anyMessages, fc.constantFrom(2, 7, 50), (entries, step) => {
        const shapes = createShapes();
        shapes.add(chunkShapes(entries, (index) => index % step === 0));
        expect(countsOf(shapes)).toEqual(expectedOf(entries.filter((_, i) => i % step === 0)));
      }),
    );
  });
});

describe("patterns", () => {
  it("are the same however entries are cut into chunks, and in whatever order these come", () => {
    const anyCuts = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat()), { minLength: 1 });
    fc.assert(
      fc.property(anyMessages, anyCuts, (entries, cuts) => {
        const whole = createShapes();
        whole.add(chunkShapes(entries));
        const pieces: { readonly order: number; readonly entries: readonly Entry[] }[] = [];
        for (let at = 0; at < entries.length; ) {
          const [size, order] = cuts[pieces.length % cuts.length]!;
          pieces.push({ order, entries: entries.slice(at, at + size) });
          at += size;
        }
        const [first, second] = [createShapes(), createShapes()];
        for (const [index, piece] of pieces.toSorted((a, b) => a.order - b.order).entries())
          (index % 2 === 0 ? first : second).add(chunkShapes(piece.entries));
        second.addAll(first);
        expect(countsOf(second)).toEqual(countsOf(whole));
        expect([...patternsOf(second).keys()].sort()).toEqual([...patternsOf(whole).keys()].sort());
      }),
    );
  });

  it("come with a query that finds all their entries", () => {
    fc.assert(
      fc.property(anyMessages, (entries) => {
        const shapes = createShapes();
        shapes.add(chunkShapes(entries));
        const counted = [...shapes.tallies].map(([shape, { count }]) => ({ shape, count }));
        const patternOf = groupShapes(counted);
        const masker = createMasker();
        for (const entry of entries) {
          const pattern = patternOf.get(masker.shapeOf(entry.message))!;
          const { filter, problems } = parse(queryOfPattern(pattern));
          expect(problems).toEqual([]);
          expect([pattern, matches(filter, entry)]).toEqual([pattern, true]);
        }
      }),
    );
  });
});
