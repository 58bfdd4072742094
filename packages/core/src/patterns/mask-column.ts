import type { AffixedView, Column, HexView, StringsView, TextView } from "../chunk/index.ts";
import { isIdPrefix, isMaskable, maskDigits, maskWord } from "./words.ts";

/**
 * What stands for each value of a column: one text for all, or for each its index among some texts. Undefined stands
 * for a value that is not one word with a digit in it.
 */
export type ColumnMask =
  | { readonly kind: "same"; readonly mask: string | undefined }
  | {
      readonly kind: "each";
      readonly masks: readonly (string | undefined)[];
      readonly codes: Uint32Array;
    };

const maskValue = (value: string): string | undefined =>
  isMaskable(value) ? maskWord(value) : undefined;

const maskEach = (count: number, maskOf: (index: number) => string | undefined): ColumnMask => {
  const masks: (string | undefined)[] = [];
  const codes = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    const mask = maskOf(index);
    let code = masks.indexOf(mask);
    if (code < 0) code = masks.push(mask) - 1;
    codes[index] = code;
  }
  return masks.length === 1 ? { kind: "same", mask: masks[0] } : { kind: "each", masks, codes };
};

/** The mask of all values between whose prefix and suffix stand decimal digits; undefined when it depends on them. */
const maskOfAffixed = ({ prefix, suffix }: AffixedView): string | undefined => {
  if (prefix === "" || prefix === "-") {
    if (suffix === "") return "<num>";
    // A minus sign is part of the word: a duration has one, a size does not.
    const one = `${prefix}0${suffix}`;
    const mask = isMaskable(one) ? maskWord(one) : "";
    return mask === "<duration>" || mask === "<size>" ? mask : undefined;
  }
  return suffix === "" && isIdPrefix(prefix) ? "<id>" : undefined;
};

const digitsOnly = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) {
    if (bytes[at]! >= 0xa0 || (bytes[at]! & 0xf) >= 0xa) return false;
  }
  return true;
};

const maskHex = (view: HexView, count: number): ColumnMask => {
  const { kind, prefix, bytes, bytesPerValue } = view;
  if (kind === "uuid" || isIdPrefix(prefix)) return { kind: "same", mask: "<id>" };
  if (prefix !== "") return maskEach(count, (index) => maskValue(view.at(index)));
  // As `maskWord` does: hex digits are a number where none of them is a letter.
  return maskEach(count, (index) => {
    const start = index * bytesPerValue;
    return digitsOnly(bytes, start, start + bytesPerValue) ? maskValue(view.at(index)) : "<id>";
  });
};

/** Masks text without making a string of each number and each address, as most values are that are text at all. */
const maskText = ({ bytes, offsets, at }: TextView, count: number): ColumnMask => {
  const text = bytes.toString("latin1");
  return maskEach(
    count,
    (index) => maskDigits(text, offsets[index]!, offsets[index + 1]!) ?? maskValue(at(index)),
  );
};

/** Masks the values of a column, without making strings of them where how they are stored tells enough. */
export const maskStrings = (view: StringsView, count: number): ColumnMask => {
  if (view.kind === "constant") return { kind: "same", mask: maskValue(view.value) };
  if (view.kind === "dictionary") {
    const distinct = maskStrings(view.distinct, view.distinctCount);
    if (distinct.kind === "same") return distinct;
    const codes = new Uint32Array(count);
    for (let index = 0; index < count; index++) codes[index] = distinct.codes[view.codes[index]!]!;
    return { ...distinct, codes };
  }
  if (view.kind === "text") return maskText(view, count);
  if (view.kind !== "affixed") return maskHex(view, count);
  const mask = maskOfAffixed(view);
  if (mask !== undefined) return { kind: "same", mask };
  return maskEach(count, (index) => maskValue(view.at(index)));
};

/** Masks the values of a column that a slot repeats, by entry. */
export const maskColumn = (column: Column, rows: () => Uint32Array, count: number): ColumnMask => {
  // A number is written as JSON writes it, and in a word it has no plus sign.
  if (column.type === "number") return { kind: "same", mask: "<num>" };
  if (column.type === "boolean") return { kind: "same", mask: undefined };
  const mask = maskStrings(column.read(), column.count);
  if (mask.kind === "same") return mask;
  const codes = new Uint32Array(count);
  const rowOf = rows();
  for (let rank = 0; rank < rowOf.length; rank++) codes[rowOf[rank]!] = mask.codes[rank]!;
  return { ...mask, codes };
};
