import { ExactNumber } from "./exact-number.ts";

/** How much of a value that was sent comes back in a message, in characters. */
const quotedLength = 40;

const cut = (text: string): string =>
  text.length > quotedLength ? `${text.slice(0, quotedLength)}...` : text;

/** The beginning of a string that was sent, as JSON, so that nothing in it can break a log or a terminal. */
export const quote = (text: string): string =>
  text.length > quotedLength
    ? `${JSON.stringify(text.slice(0, quotedLength))}...`
    : JSON.stringify(text);

/** A value that was sent, in few words: scalars themselves, the rest by kind. */
export const describeValue = (value: unknown): string => {
  if (typeof value === "string") return quote(value);
  if (value instanceof ExactNumber) return cut(value.digits);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
};
