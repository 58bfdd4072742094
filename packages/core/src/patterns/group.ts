import { mergeFreeText } from "./free-text.ts";
import { anything } from "./placeholders.ts";
import { mergeRare } from "./rare.ts";
import { mergeSimilar } from "./similar.ts";

export interface CountedShape {
  readonly shape: string;
  readonly count: number;
}

/** A shape is rare when at most so many entries, or one in so many, have it. */
const rareCount = 3;
const rareShare = 100_000;

/** What each of some shapes becomes. */
type Merge = (shapes: readonly string[]) => ReadonlyMap<string, string>;

/** Several free places side by side are one: how many words someone wrote does not matter. */
const joinFree: Merge = (shapes) =>
  new Map(shapes.map((shape) => [shape, shape.replaceAll(/<\*>(?: <\*>)+/g, anything)]));

/**
 * Says for each of some different shapes which pattern it belongs to: places in which similar shapes differ become
 * `<*>`. It depends on the shapes and their counts alone, not on their order.
 */
export const groupShapes = (shapes: readonly CountedShape[]): ReadonlyMap<string, string> => {
  const patternOf = new Map(shapes.map(({ shape }) => [shape, shape]));
  const total = shapes.reduce((sum, { count }) => sum + count, 0);
  const rareMax = Math.max(rareCount, total / rareShare);
  const apply = (merge: Merge, countMax: number) => {
    const counts = new Map<string, number>();
    for (const { shape, count } of shapes) {
      const pattern = patternOf.get(shape)!;
      counts.set(pattern, (counts.get(pattern) ?? 0) + count);
    }
    const merged = merge([...counts].flatMap(([one, count]) => (count <= countMax ? [one] : [])));
    for (const [shape, pattern] of patternOf) patternOf.set(shape, merged.get(pattern) ?? pattern);
  };
  apply(mergeSimilar, Number.POSITIVE_INFINITY);
  apply(mergeRare, rareMax);
  apply(mergeFreeText, rareMax);
  apply(mergeSimilar, Number.POSITIVE_INFINITY);
  apply(joinFree, Number.POSITIVE_INFINITY);
  return patternOf;
};
