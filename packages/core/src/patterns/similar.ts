import { type CutShape, createCutter, joinCut, keyWithout } from "./cut-shape.ts";
import { anything } from "./placeholders.ts";

/** The shapes that are equal but for one token, and for kinds of placeholders. */
interface Family {
  /** How many shapes have which token there. */
  readonly variants: Map<string, number>;
  readonly variantsMin: number;
  hasOnlyPlaceholders: boolean;
  /** What stands in the place of all of them; undefined when they stay apart. */
  merged: string | undefined;
}

/** So many places of a shape are looked at: the first ones tell shapes apart, and a long message must not take long. */
const placesMax = 32;

/**
 * So many different words in one place of otherwise equal shapes make the place free: the more words the shapes share,
 * the fewer are enough. `match started` and `match ended` stay two.
 */
const variantsMin = (sharedWords: number): number => [32, 16, 8][sharedWords] ?? 6;

/** Parts of a path are the names of an API as often as those of things: it takes more of them. */
const pathFactor = 6;

const isInPath = ({ between }: CutShape, place: number): boolean =>
  between[place]!.endsWith("/") || between[place + 1]!.startsWith("/");

const createFamily = (cut: CutShape, place: number): Family => {
  const sharedWords = cut.wordCount - (cut.tokens[place]!.isWord ? 1 : 0);
  return {
    variants: new Map(),
    variantsMin: variantsMin(sharedWords) * (isInPath(cut, place) ? pathFactor : 1),
    hasOnlyPlaceholders: true,
    merged: undefined,
  };
};

/** Whether most shapes of a family have been found to vary there before: then the others join them. */
const isMostlyFree = ({ variants }: Family): boolean => {
  const free = variants.get(anything) ?? 0;
  let all = 0;
  for (const weight of variants.values()) all += weight;
  return free * 2 >= all;
};

/** What stands in the place of all variants of a family; undefined when they stay apart. */
const mergedOf = (family: Family): string | undefined => {
  const { variants, variantsMin: min, hasOnlyPlaceholders } = family;
  if (variants.size < 2) return undefined;
  if (variants.size >= min || isMostlyFree(family)) return anything;
  if (!hasOnlyPlaceholders) return undefined;
  // Hex digits are a number when none of them happens to be a letter.
  const isId = [...variants.keys()].every((one) => one === "<id>" || one === "<num>");
  return isId ? "<id>" : anything;
};

interface CutAndKeys {
  readonly cut: CutShape;
  /** Of each place `keyWithout` it. */
  readonly keys: readonly number[];
}

/** A shape of a step, and how many of the first step it stands for. */
interface Weighed extends CutAndKeys {
  readonly weight: number;
}

/** The families of shapes that share a place with others; most are alone in most places. */
const findFamilies = (shapes: readonly Weighed[]): ReadonlyMap<number, Family> => {
  const members = new Map<number, number>();
  for (const { keys } of shapes)
    for (const key of keys) members.set(key, (members.get(key) ?? 0) + 1);
  const families = new Map<number, Family>();
  for (const { cut, keys, weight } of shapes) {
    for (let place = 0; place < keys.length; place++) {
      const key = keys[place]!;
      if (members.get(key) === 1) continue;
      const token = cut.tokens[place]!;
      const family = families.get(key) ?? createFamily(cut, place);
      families.set(key, family);
      family.variants.set(token.text, (family.variants.get(token.text) ?? 0) + weight);
      if (!token.isPlaceholder) family.hasOnlyPlaceholders = false;
    }
  }
  for (const family of families.values()) family.merged = mergedOf(family);
  return families;
};

/** Frees the place of a shape that varies most, or those that vary equally. */
const mergeOne = (
  shape: string,
  { cut, keys }: CutAndKeys,
  families: ReadonlyMap<number, Family>,
): string => {
  const found = keys.map((key) => {
    const family = families.get(key);
    return family?.merged === undefined ? undefined : family;
  });
  if (found.every((family) => family === undefined)) return shape;
  const most = Math.max(...found.map((family) => family?.variants.size ?? 0), 0);
  const texts = cut.tokens.map(({ text }, place) => {
    const family = found[place];
    return family?.variants.size === most ? family.merged! : text;
  });
  return joinCut(cut, texts);
};

/** Each step frees a place; shapes of real programs are done after three or four. */
const stepsMax = 6;

/**
 * Says for each of some different shapes which one it becomes when the places in which similar ones differ are free.
 * The order of the shapes does not matter.
 */
export const mergeSimilar = (shapes: readonly string[]): ReadonlyMap<string, string> => {
  const result = new Map(shapes.map((shape) => [shape, shape]));
  const cutOf = createCutter();
  const known = new Map<string, CutAndKeys>();
  const cut = (shape: string): CutAndKeys => {
    const found = known.get(shape);
    if (found !== undefined) return found;
    const one = cutOf(shape);
    const keys = one.tokens.slice(0, placesMax).map((_, place) => keyWithout(one, place));
    known.set(shape, { cut: one, keys });
    return { cut: one, keys };
  };
  for (let step = 0; step < stepsMax; step++) {
    const weights = new Map<string, number>();
    for (const shape of result.values()) weights.set(shape, (weights.get(shape) ?? 0) + 1);
    const weighed = Array.from(weights, ([shape, weight]) => ({ shape, ...cut(shape), weight }));
    const families = findFamilies(weighed);
    const merged = new Map(weighed.map((one) => [one.shape, mergeOne(one.shape, one, families)]));
    if (weighed.every(({ shape }) => merged.get(shape) === shape)) break;
    for (const [shape, before] of result) result.set(shape, merged.get(before)!);
  }
  return result;
};
