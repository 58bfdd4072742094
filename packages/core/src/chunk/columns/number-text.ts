import type { Buffer } from "node:buffer";

/** Decimal texts of so many digits, and so many behind the point, are what JavaScript writes for their number. */
const digitsMax = 15;
const decimalsMax = 6;

const zero = 0x30;
const dot = 0x2e;

/** The number written there; undefined when JavaScript may write it in another way. */
const readNumber = (bytes: Buffer, start: number, end: number): number | undefined => {
  let value = 0;
  let point = end;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - zero;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (bytes[at] === dot && point === end && at > start) point = at;
    else return undefined;
  }
  const whole = point - start;
  const decimals = end - point - 1;
  if (whole === 0 || end - start > digitsMax || (whole > 1 && bytes[start] === zero))
    return undefined;
  if (decimals < 0) return value;
  if (decimals === 0 || decimals > decimalsMax || bytes[end - 1] === zero) return undefined;
  return value / 10 ** decimals;
};

/** True when the bytes, which are ASCII, are the text of `value`. Comparing numbers is faster than making text. */
export const isNumberAt = (bytes: Buffer, start: number, end: number, value: number): boolean => {
  const read = readNumber(bytes, start, end);
  if (read !== undefined) return read === value;
  return `${value}` === bytes.toString("latin1", start, end);
};
