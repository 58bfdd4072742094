/**
 * Where in a text of JSON numbers stand that may have too many digits for a double: 16 in a row, as fewer are always
 * safe. All of them are found; that some lie inside strings is for a closer look to tell. Every byte of every body
 * passes here, which is why there are two ways.
 */

/** A value stands behind one of these characters; a point among the digits does no harm. */
const longNumber = /[:,[]\s*-?[\d.]{16}/g;

const runLength = 16;

const isDigitOrPoint = (code: number | undefined): boolean =>
  code !== undefined && code <= 57 && code >= 46 && code !== 47;

/** The start of the first run of digits behind `from` that is long and not in quotes; the length if there is none. */
const nextLongRun = (bytes: Uint8Array, from: number): number => {
  const half = runLength / 2;
  // Any run of 16 has a byte at one of these places, and another one 8 before or behind it.
  for (let at = from + runLength - 1; at < bytes.length; at += runLength) {
    if (!isDigitOrPoint(bytes[at])) continue;
    if (!isDigitOrPoint(bytes[at - half]) && !isDigitOrPoint(bytes[at + half])) continue;
    let start = at;
    while (start > from && isDigitOrPoint(bytes[start - 1])) start -= 1;
    let end = at + 1;
    while (isDigitOrPoint(bytes[end])) end += 1;
    if (end - start >= runLength && bytes[start - 1] !== 34) return start;
    at = end - 1;
  }
  return bytes.length;
};

const nextLongNumber = (text: string, from: number): number => {
  longNumber.lastIndex = from;
  return longNumber.exec(text)?.index ?? text.length;
};

/**
 * Tells whether a range of the text may hold a long number; asked for ascending ranges it reads the text once.
 * `bytes` is the text in ASCII, if it is: looking at one byte in sixteen is three times as fast.
 */
export const createLongNumberFinder = (
  text: string,
  bytes?: Uint8Array,
): ((from: number, to: number) => boolean) => {
  let next = -1;
  return (from, to) => {
    if (next < from) {
      next = bytes === undefined ? nextLongNumber(text, from) : nextLongRun(bytes, from);
    }
    return next < to;
  };
};
