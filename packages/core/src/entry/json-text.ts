/**
 * Finding the parts of a JSON text without parsing it, so that each entry can be measured before it is parsed, and
 * parsed for itself. What is found is right for valid JSON; the parts are then parsed, which proves them valid.
 */

const quoteCode = 34;
const backslashCode = 92;

/** The index behind the closing quote of the JSON string that opens at `open`; the end of the text without one. */
export const endOfString = (text: string, open: number): number => {
  let close = text.indexOf('"', open + 1);
  while (close > 0) {
    let slashes = close;
    while (text.charCodeAt(slashes - 1) === backslashCode) slashes -= 1;
    if ((close - slashes) % 2 === 0) return close + 1;
    close = text.indexOf('"', close + 1);
  }
  return text.length;
};

const isSpaceCode = (code: number): boolean =>
  code === 32 || code === 10 || code === 13 || code === 9;

export const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (isSpaceCode(text.charCodeAt(at))) at += 1;
  return at;
};

/** Whether nothing but JSON white space lies in the range. It looks no further: there may be millions of such lines. */
export const isBlank = (text: string, from: number, to: number): boolean => {
  let at = from;
  while (at < to && isSpaceCode(text.charCodeAt(at))) at += 1;
  return at >= to;
};

const endOfContainer = (text: string, from: number): number => {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quoteCode) {
      at = endOfString(text, at);
      continue;
    }
    at += 1;
    if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
};

const delimiter = /[\s,\]}]|$/g;

/** The index behind the value that begins at `from`; -1 when the text ends within an object or an array. */
export const endOfValue = (text: string, from: number): number => {
  const code = text.charCodeAt(from);
  if (code === 123 || code === 91) return endOfContainer(text, from);
  if (code === quoteCode) return endOfString(text, from);
  delimiter.lastIndex = from;
  return delimiter.exec(text)?.index ?? text.length;
};
