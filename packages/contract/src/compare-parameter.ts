/** The parameter that names another range to compare with. */

import * as z from "zod/mini";
import { type About, type Parameter, parseTime, shown, unitMs } from "./parameter.ts";

/** A range in milliseconds since 1970; the one of the same length before; or the same one, earlier. */
export type CompareTo =
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "previous" }
  | { readonly kind: "earlier"; readonly byMs: number };

const forms = "previous, a time back like -1d, or two times like -2h..-1h";

const parseRange = (text: string, now: number): CompareTo | undefined => {
  const [first = "", second = "", ...more] = text.split("..");
  const from = parseTime(first, now);
  const to = parseTime(second, now);
  if (from === undefined || to === undefined || from >= to || more.length > 0) return undefined;
  return { kind: "range", from, to };
};

const parseEarlier = (text: string): CompareTo | undefined => {
  const [, digits, unit] = /^-(\d{1,6})([smhdw])$/.exec(text) ?? [];
  // The pattern allows the keys of unitMs only.
  const byMs = Number(digits) * unitMs[unit as keyof typeof unitMs];
  return byMs > 0 ? { kind: "earlier", byMs } : undefined;
};

/** `previous`, `-1d`, or two times with two dots between them. */
export const compareParameter = (about: About): Parameter<CompareTo | undefined> => ({
  ...about,
  schema: z.string().check(z.minLength(1)),
  code: "PARAMETER_INVALID",
  absent: undefined,
  parse: (text, { now }) => {
    if (text === "previous") return { value: { kind: "previous" } };
    const value = text.includes("..") ? parseRange(text, now) : parseEarlier(text);
    return value === undefined
      ? { problem: `is ${shown(text)}; it must be ${forms}, the earlier one first` }
      : { value };
  },
});
