import { beginningsOf } from "./free-text.ts";
import { anything } from "./placeholders.ts";
import { builtAlikeKey } from "./rare.ts";
import { cutTokens } from "./tokens.ts";

/** Finds a pattern with free places that a shape fits, among some that are known; undefined when there is none. */
export type FindPattern = (shape: string) => string | undefined;

interface Known {
  readonly pattern: string;
  readonly tokens: readonly string[];
}

export const createPatternSearch = (patterns: Iterable<string>): FindPattern => {
  const beginnings = new Map<string, string>();
  const byKey = new Map<string, Known[]>();
  for (const pattern of patterns) {
    if (!pattern.includes(anything)) continue;
    if (pattern.endsWith(anything)) beginnings.set(pattern.slice(0, -anything.length), pattern);
    const cut = cutTokens(pattern);
    const key = builtAlikeKey(cut);
    byKey.set(key, [...(byKey.get(key) ?? []), { pattern, tokens: cut.tokens }]);
  }
  return (shape) => {
    const begin = beginningsOf(shape).findLast(({ text }) => beginnings.has(text));
    if (begin !== undefined) return beginnings.get(begin.text);
    const cut = cutTokens(shape);
    const fits = ({ tokens }: Known) =>
      tokens.every((token, place) => token === anything || token === cut.tokens[place]);
    return byKey.get(builtAlikeKey(cut))?.find(fits)?.pattern;
  };
};
