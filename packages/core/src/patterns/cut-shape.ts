import { cutTokens, isPlaceholder, isWord, joinTokens } from "./tokens.ts";

/** What is known of a token wherever it stands. */
interface Token {
  readonly text: string;
  readonly isWord: boolean;
  readonly isPlaceholder: boolean;
  /** Two hashes; all placeholders have the same ones. */
  readonly low: number;
  readonly high: number;
}

/** A shape, cut into tokens that can be compared without comparing texts. */
export interface CutShape {
  readonly tokens: readonly Token[];
  readonly between: readonly string[];
  /** How many tokens are words. */
  readonly wordCount: number;
  readonly low: number;
  readonly high: number;
}

const prime = 0x01000193;

const hash = (text: string, seed: number): number => {
  let value = seed;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), prime);
  return value;
};

/** Spreads a token's hash by the place where it stands, so that their sum minds the order. */
const spread = (value: number, place: number): number => {
  const mixed = Math.imul(value ^ Math.imul(place + 1, 0x9e3779b1), 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
};

const createToken = (text: string): Token => {
  const placeholder = isPlaceholder(text);
  const hashed = placeholder ? "<>" : text;
  return {
    text,
    isWord: isWord(text),
    isPlaceholder: placeholder,
    low: hash(hashed, 0x811c9dc5),
    high: hash(hashed, 0x2545f491),
  };
};

/** Cuts shapes; tokens that many of them have are looked at once. */
export const createCutter = (): ((shape: string) => CutShape) => {
  const known = new Map<string, Token>();
  const tokenOf = (text: string): Token => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const token = createToken(text);
    known.set(text, token);
    return token;
  };
  return (shape) => {
    const { tokens: texts, between } = cutTokens(shape);
    const tokens = texts.map(tokenOf);
    let low = hash(between.join("\0"), 0x811c9dc5);
    let high = hash(between.join("\0"), 0x2545f491);
    let wordCount = 0;
    for (const [place, token] of tokens.entries()) {
      low = (low + spread(token.low, place)) | 0;
      high = (high + spread(token.high, place)) | 0;
      if (token.isWord) wordCount++;
    }
    return { tokens, between, wordCount, low, high };
  };
};

/** A number for a shape without one token: the same for shapes that differ there alone, or in kinds of placeholders. */
export const keyWithout = ({ tokens, low, high }: CutShape, place: number): number => {
  const token = tokens[place]!;
  const restLow = (low - spread(token.low, place) + spread(0x5bd1e995, place)) | 0;
  const restHigh = (high - spread(token.high, place) + spread(0x1b873593, place)) | 0;
  // 52 bits: among a million keys two are the same by chance once in ten thousand times.
  return (restLow >>> 0) * 2 ** 20 + (restHigh >>> 12);
};

export const joinCut = ({ between }: CutShape, tokens: readonly string[]): string =>
  joinTokens({ tokens, between });
