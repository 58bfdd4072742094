import { anything } from "./placeholders.ts";
import { cutTokens, isPlaceholder, isWord, joinTokens, type Tokens } from "./tokens.ts";

/**
 * So many different words in one place of otherwise equal shapes make the place free: the more words the shapes share,
 * the fewer are enough. `match started` and `match ended` stay two.
 */
const variantsMin = (sharedWords: number): number => [32, 16, 8][sharedWords] ?? 5;

/** The shapes that are equal but for one token. */
interface Family {
  readonly sharedWords: number;
  /** Each is another one, since the shapes are. */
  readonly variants: string[];
}

interface Cut extends Tokens {
  readonly wordCount: number;
}

const cut = (shape: string): Cut => {
  const tokens = cutTokens(shape);
  return { ...tokens, wordCount: tokens.tokens.filter(isWord).length };
};

/** What stands in the place of all variants of a family; undefined when they stay apart. */
const merge = ({ sharedWords, variants }: Family): string | undefined => {
  if (variants.length < 2) return undefined;
  if (variants.includes(anything) || variants.length >= variantsMin(sharedWords)) return anything;
  if (!variants.every(isPlaceholder)) return undefined;
  // Hex digits are a number when none of them happens to be a letter.
  return variants.every((one) => one === "<id>" || one === "<num>") ? "<id>" : anything;
};

/** The text of a shape without one token. */
const without = ({ tokens, between }: Tokens, place: number): string => {
  const rest = tokens.slice();
  rest[place] = "\0";
  return joinTokens({ tokens: rest, between });
};

const findFamilies = (cuts: readonly Cut[]): ReadonlyMap<string, Family> => {
  const families = new Map<string, Family>();
  for (const one of cuts) {
    for (const [place, token] of one.tokens.entries()) {
      const key = without(one, place);
      const known = families.get(key);
      if (known !== undefined) known.variants.push(token);
      else {
        const sharedWords = one.wordCount - (isWord(token) ? 1 : 0);
        families.set(key, { sharedWords, variants: [token] });
      }
    }
  }
  return families;
};

/** One step of `mergeSimilar`: what each shape becomes. */
const mergeOnce = (shapes: readonly string[]): ReadonlyMap<string, string> => {
  const cuts = shapes.map(cut);
  const families = findFamilies(cuts);
  const merged = new Map<string, string>();
  for (const [index, one] of cuts.entries()) {
    const tokens = one.tokens.map((token, place) => {
      const family = families.get(without(one, place));
      return (family && merge(family)) ?? token;
    });
    merged.set(shapes[index]!, joinTokens({ tokens, between: one.between }));
  }
  return merged;
};

/** Each step frees at least one place, and shapes of real programs are done after two or three. */
const stepsMax = 5;

/**
 * Says for each of some different shapes which one it becomes when the places in which similar ones differ are free.
 * The order of the shapes does not matter.
 */
export const mergeSimilar = (shapes: readonly string[]): ReadonlyMap<string, string> => {
  const result = new Map(shapes.map((shape) => [shape, shape]));
  for (let step = 0; step < stepsMax; step++) {
    const now = [...new Set(result.values())];
    const merged = mergeOnce(now);
    if (now.every((shape) => merged.get(shape) === shape)) break;
    for (const [shape, before] of result) result.set(shape, merged.get(before)!);
  }
  return result;
};
