import { mergeFreeText } from "./free-text.ts";
import { mergeSimilar } from "./similar.ts";

export interface CountedShape {
  readonly shape: string;
  readonly count: number;
}

/** A shape is rare when at most so many entries, or one in so many, have it. */
const rareCount = 3;
const rareShare = 100_000;

/**
 * Says for each of some different shapes which pattern it belongs to: places in which similar shapes differ become
 * `<*>`. It depends on the shapes and their counts alone, not on their order.
 */
export const groupShapes = (shapes: readonly CountedShape[]): ReadonlyMap<string, string> => {
  const similar = mergeSimilar(shapes.map(({ shape }) => shape));
  const counts = new Map<string, number>();
  let total = 0;
  for (const { shape, count } of shapes) {
    const merged = similar.get(shape)!;
    counts.set(merged, (counts.get(merged) ?? 0) + count);
    total += count;
  }
  const isRare = (count: number) => count <= Math.max(rareCount, total / rareShare);
  const rare = [...counts].flatMap(([shape, count]) => (isRare(count) ? [shape] : []));
  const free = mergeFreeText(rare);
  return new Map(
    shapes.map(({ shape }) => {
      const merged = similar.get(shape)!;
      return [shape, free.get(merged) ?? merged];
    }),
  );
};
