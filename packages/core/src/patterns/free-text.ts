import { anything } from "./placeholders.ts";
import { cutTokens, isWord, joinTokens } from "./tokens.ts";

/** So many rare shapes with the same beginning are one with a free end: the more words they share, the fewer. */
const shapesMin = (sharedWords: number): number => [400, 100][sharedWords] ?? 40;

/** Beginnings of more tokens are not looked at, so that a long message does not take long. */
const tokensMax = 12;

/** The beginnings of a shape, token by token, with the number of words in each. */
export const beginningsOf = (
  shape: string,
): { readonly text: string; readonly words: number }[] => {
  const tokens = cutTokens(shape);
  let words = 0;
  return tokens.tokens
    .slice(0, -1)
    .slice(0, tokensMax)
    .map((token, at) => {
      if (isWord(token)) words++;
      return { text: joinTokens(tokens, at + 1), words };
    });
};

/**
 * Says what each of some different, rare shapes becomes when those that begin alike, of which there are many, end in
 * `<*>`: what people write is free text of any length.
 */
export const mergeFreeText = (shapes: readonly string[]): ReadonlyMap<string, string> => {
  const counts = new Map<string, number>();
  const beginnings = shapes.map(beginningsOf);
  for (const one of beginnings)
    for (const { text } of one) counts.set(text, (counts.get(text) ?? 0) + 1);
  return new Map(
    shapes.map((shape, index) => {
      const found = beginnings[index]!.findLast(
        ({ text, words }) => counts.get(text)! >= shapesMin(words),
      );
      return [shape, found === undefined ? shape : `${found.text}${anything}`];
    }),
  );
};
