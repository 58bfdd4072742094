import { Buffer } from "node:buffer";
import type { AffixedView } from "../chunk/columns/affixed.ts";
import type { HexView } from "../chunk/columns/hex.ts";
import type { StringsView } from "../chunk/columns/strings.ts";
import type { TextView } from "../chunk/columns/text.ts";
import { lowerAscii } from "./lower-ascii.ts";
import { canContain, findInText, type Needle } from "./needle.ts";
import type { ValueTest } from "./value-test.ts";

const digits = "0123456789";

/** Strings of a column, and what to do with those that match. A rank is the place of a value in its column. */
export interface StringsMatch {
  readonly count: number;
  readonly test: ValueTest;
  /** Spares work on values that nobody asks for; a hit may be one of them all the same. */
  readonly isWanted: (rank: number) => boolean;
  /** Must accept ranks in any order, and each more than once. */
  readonly hit: (rank: number) => void;
}

/** Calls `hit` with each wanted value of the column that matches, by what its encoding shows. */
export const matchStrings = (view: StringsView, match: StringsMatch): void => {
  const { count, test, hit } = match;
  switch (view.kind) {
    case "constant":
      if (test.matches(view.value)) for (let rank = 0; rank < count; rank++) hit(rank);
      return;
    case "dictionary": {
      const isHit = new Uint8Array(view.distinctCount);
      let hits = 0;
      const onHit = (code: number) => {
        isHit[code] = 1;
        hits++;
      };
      const inner = { count: view.distinctCount, test, isWanted: () => true, hit: onHit };
      matchStrings(view.distinct, inner);
      if (hits === 0) return;
      for (let rank = 0; rank < count; rank++) if (isHit[view.codes[rank]!] === 1) hit(rank);
      return;
    }
    case "text":
      matchText(view, match);
      return;
    case "affixed":
      matchAffixed(view, match);
      return;
    default:
      matchHex(view, match);
  }
};

/** False when no value of these can contain the needle, which their encoding alone often shows. */
export const canHold = (view: StringsView, needle: Needle): boolean => {
  switch (view.kind) {
    case "constant":
      return needle.isIn(view.value);
    case "dictionary":
      return canHold(view.distinct, needle);
    case "affixed":
      return canContain(digits + lowerAscii(view.prefix + view.suffix), needle);
    case "text":
      return true;
    default:
      return canContain(`${digits}abcdef-${lowerAscii(view.prefix)}`, needle);
  }
};

const matchEach = (
  view: { at(rank: number): string },
  { count, test, isWanted, hit }: StringsMatch,
): void => {
  for (let rank = 0; rank < count; rank++) {
    if (isWanted(rank) && test.matches(view.at(rank))) hit(rank);
  }
};

/** Whether the bytes begin at `from` and end before `to`. */
const isEqualAt = (bytes: Uint8Array, wanted: Uint8Array, from: number, to: number): boolean => {
  if (to - from !== wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[from + i] !== wanted[i]) return false;
  return true;
};

const isNumberStart = (byte: number | undefined): boolean =>
  byte === 0x2d || (byte !== undefined && byte >= 0x30 && byte <= 0x39);

const matchText = (view: TextView, match: StringsMatch): void => {
  const { count, test, isWanted, hit } = match;
  const { bytes, offsets } = view;
  const { exact, needle } = test;
  if (exact?.isWellFormed()) {
    const wanted = Buffer.from(exact);
    for (let rank = 0; rank < count; rank++) {
      if (isEqualAt(bytes, wanted, offsets[rank]!, offsets[rank + 1]!)) hit(rank);
    }
    return;
  }
  const isMatch = test.matchesBytes
    ? (rank: number) => test.matchesBytes!(bytes, offsets[rank]!, offsets[rank + 1]!)
    : (rank: number) => test.matches(view.at(rank));
  if (needle) {
    findInText(view, needle, (rank) => {
      if (test.isNeedleEnough || (isWanted(rank) && isMatch(rank))) hit(rank);
    });
    return;
  }
  for (let rank = 0; rank < count; rank++) {
    const isPossible = !test.isNumeric || isNumberStart(bytes[offsets[rank]!]);
    if (isPossible && isWanted(rank) && isMatch(rank)) hit(rank);
  }
};

const lowDigits = 15;

/** The number that a value of the column would be stored as; undefined when no value can be this text. */
const toAffixed = (view: AffixedView, text: string): { high: number; low: number } | undefined => {
  const { prefix, suffix } = view;
  const length = text.length - prefix.length - suffix.length;
  if (length < 1 || !text.startsWith(prefix) || !text.endsWith(suffix)) return undefined;
  const number = text.slice(prefix.length, prefix.length + length);
  if (!/^[0-9]+$/.test(number)) return undefined;
  if (view.digits === 0) {
    const isCanonical = length === 1 || number[0] !== "0";
    return isCanonical && length <= lowDigits ? { high: 0, low: Number(number) } : undefined;
  }
  if (length !== view.digits) return undefined;
  const split = Math.max(0, length - lowDigits);
  return { high: Number(number.slice(0, split)), low: Number(number.slice(split)) };
};

const matchAffixed = (view: AffixedView, match: StringsMatch): void => {
  const { test, hit } = match;
  if (test.exact !== undefined) {
    const wanted = toAffixed(view, test.exact);
    if (wanted === undefined) return;
    const { low, high } = view;
    for (let rank = low.indexOf(wanted.low); rank >= 0; rank = low.indexOf(wanted.low, rank + 1)) {
      if (high === undefined || high[rank] === wanted.high) hit(rank);
    }
    return;
  }
  if (test.needle && !canHold(view, test.needle)) return;
  if (test.isNumeric && !/^[-+.eE0-9]*$/.test(view.prefix + view.suffix)) return;
  matchEach(view, match);
};

const uuidDashes = [8, 13, 18, 23];

/** The digits that a value of the column would be stored as; undefined when no value can be this text. */
const toHex = ({ kind, prefix, bytesPerValue }: HexView, text: string): string | undefined => {
  if (!text.startsWith(prefix)) return undefined;
  if (kind === "uuid" && uuidDashes.some((at) => text[at] !== "-")) return undefined;
  const hex = kind === "uuid" ? text.replaceAll("-", "") : text.slice(prefix.length);
  const length = kind === "uuid" ? bytesPerValue * 2 + uuidDashes.length : bytesPerValue * 2;
  const isWhole = text.length - prefix.length === length && hex.length === bytesPerValue * 2;
  return isWhole && /^[0-9a-f]*$/.test(hex) ? hex : undefined;
};

const matchHex = (view: HexView, match: StringsMatch): void => {
  const { test, hit } = match;
  if (test.exact !== undefined) {
    const hex = toHex(view, test.exact);
    if (hex === undefined) return;
    const { bytes, bytesPerValue } = view;
    const wanted = Buffer.from(hex, "hex");
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
      if (at % bytesPerValue === 0) hit(at / bytesPerValue);
    }
    return;
  }
  if (test.needle && !canHold(view, test.needle)) return;
  matchEach(view, match);
};
