import { placeholderSource } from "./placeholders.ts";

/** A shape, cut into tokens and what lies between them. */
export interface Tokens {
  readonly tokens: readonly string[];
  /** What lies before each token, and behind the last one: one more than there are tokens. */
  readonly between: readonly string[];
}

const tokenPattern = new RegExp(`(?:${placeholderSource}|[^\\s=:,;()[\\]{}"'\`|/<>])+`, "g");
const onlyPlaceholder = new RegExp(`^${placeholderSource}$`);

/** Cuts a shape at white space, brackets, quotes and most punctuation. */
export const cutTokens = (shape: string): Tokens => {
  const tokens: string[] = [];
  const between: string[] = [];
  let end = 0;
  for (const { 0: token, index } of shape.matchAll(tokenPattern)) {
    between.push(shape.slice(end, index));
    tokens.push(token);
    end = index + token.length;
  }
  between.push(shape.slice(end));
  return { tokens, between };
};

/** The beginning of a shape with `count` tokens, and what lies behind the last of these. */
export const joinTokens = ({ tokens, between }: Tokens, count = tokens.length): string => {
  let shape = between[0] ?? "";
  for (let at = 0; at < count; at++) shape += `${tokens[at]}${between[at + 1]}`;
  return shape;
};

export const isPlaceholder = (token: string): boolean => onlyPlaceholder.test(token);

/** Whether a token says something: a word that is the same in all messages of a shape. */
export const isWord = (token: string): boolean => /\p{L}/u.test(token.replaceAll(/<[a-z*]+>/g, ""));
