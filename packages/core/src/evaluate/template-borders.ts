import { lowerAscii, type Needle } from "./needle.ts";

/** Whether `text` has `part` of the needle, from `from` to before `to`, at `at`. ASCII letters without case. */
const hasAt = (text: string, at: number, needle: string, from: number, to: number): boolean =>
  at >= 0 && to - from <= text.length - at && text.startsWith(needle.slice(from, to), at);

/** Whether the needle can begin in the literal and go on in the slot behind it. */
const canLeave = (literal: string, needle: string): boolean => {
  for (let length = Math.min(literal.length, needle.length - 1); length > 0; length--) {
    if (hasAt(literal, literal.length - length, needle, 0, length)) return true;
  }
  return false;
};

/** Whether the needle can begin in the slot before the literal and end in the literal. */
const canEnter = (literal: string, needle: string): boolean => {
  for (let length = Math.min(literal.length, needle.length - 1); length > 0; length--) {
    if (hasAt(literal, 0, needle, needle.length - length, needle.length)) return true;
  }
  return false;
};

/** Whether the needle can begin in the slot before the literal and go on in the slot behind it. */
const canSpan = (literal: string, needle: string): boolean =>
  needle.length >= literal.length + 2 && needle.slice(1, -1).includes(literal);

/**
 * Whether a message of the template can contain the needle across a border between a literal and a slot, whatever
 * the slots hold. False for most words: they neither begin nor end as the literals around a slot do.
 */
export const canCross = (literals: readonly string[], { text }: Needle): boolean => {
  const last = literals.length - 1;
  if (last === 0) return false;
  return literals.some((one, index) => {
    const literal = lowerAscii(one);
    return (
      (index < last && canLeave(literal, text)) ||
      (index > 0 && canEnter(literal, text)) ||
      (index > 0 && index < last && canSpan(literal, text))
    );
  });
};
