import { anything } from "./placeholders.ts";
import { cutTokens, isWord, joinTokens, type Tokens } from "./tokens.ts";

/** So many rare shapes that are built alike and begin with the same word are looked at together. */
const alikeMin = 8;

/** A place with so many different tokens among these is free. */
const variantsMin = 6;

/** Places that must stay, and have a word in all of them. */
const wordPlacesMin = 2;

interface Rare extends Tokens {
  readonly shape: string;
}

/** The same for shapes with the same signs between their tokens and the same first word. */
export const builtAlikeKey = ({ tokens, between }: Tokens): string =>
  JSON.stringify([between, tokens.find(isWord) ?? ""]);

/** The text of rare shapes that are built alike, when enough of it is the same; undefined when not. */
const freePlaces = (alike: readonly Rare[]): ((one: Rare) => string) | undefined => {
  const [first] = alike;
  if (first === undefined || alike.length < alikeMin) return undefined;
  const variants = first.tokens.map(
    (_, place) => new Set(alike.map(({ tokens }) => tokens[place]!)),
  );
  const isFree = variants.map(({ size }) => size >= variantsMin);
  // A place that stays has a few variants; which of them comes first must not matter.
  const wordPlaces = variants.filter((own, place) => !isFree[place] && [...own].every(isWord));
  if (wordPlaces.length < wordPlacesMin) return undefined;
  return ({ tokens, between }) => {
    const texts = tokens.map((token, place) => (isFree[place] ? anything : token));
    return joinTokens({ tokens: texts, between });
  };
};

/**
 * Says what each of some different, rare shapes becomes when several places vary at once, as in `alice gave bob a
 * sword`: among shapes with the same signs between their tokens and the same first word, places that vary are free.
 */
export const mergeRare = (shapes: readonly string[]): ReadonlyMap<string, string> => {
  const cut = shapes.map((shape): Rare => ({ shape, ...cutTokens(shape) }));
  const groups = Map.groupBy(cut, builtAlikeKey);
  const merged = new Map<string, string>();
  for (const alike of groups.values()) {
    const free = freePlaces(alike);
    for (const one of alike) merged.set(one.shape, free?.(one) ?? one.shape);
  }
  return merged;
};
