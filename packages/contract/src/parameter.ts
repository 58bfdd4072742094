import type { ErrorCode } from "@log-service/core/errors";
import { limits } from "@log-service/core/limits";
import * as z from "zod/mini";
import { parseTimestamp, timestampExample, timestampMax } from "./timestamp.ts";

export interface ParseContext {
  /** What relative times are relative to, in milliseconds since 1970. */
  readonly now: number;
}

export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** A parameter of a query string, or a header. */
export interface Parameter<out T> {
  readonly description: string;
  /** The text as it is sent, for documents. `parse` decides. */
  readonly schema: z.ZodMiniType;
  readonly example: string;
  /** What a text that cannot be used is answered with. */
  readonly code: ErrorCode;
  /** The value when it is not sent. */
  readonly absent: T;
  parse(text: string, context: ParseContext): Parsed<T>;
}

/** What every kind of parameter takes. */
export interface About {
  readonly description: string;
  readonly example: string;
}

export const shown = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);

/** An integer in decimal digits, `min` and `max` included. */
export const integerParameter = (
  about: About & { readonly min: number; readonly max: number; readonly absent: number },
): Parameter<number> => {
  const { min, max } = about;
  return {
    ...about,
    schema: z._default(z.int().check(z.gte(min), z.lte(max)), about.absent),
    code: "PARAMETER_INVALID",
    parse: (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max
        ? { value }
        : { problem: `is ${shown(text)}; it must be an integer from ${min} to ${max}` };
    },
  };
};

/** One of some words. */
export const choiceParameter = <const T extends string, const D extends T | undefined>(
  about: About & { readonly choices: readonly [T, ...T[]]; readonly absent: D },
): Parameter<T | D> => {
  const choices = z.enum(about.choices);
  return {
    ...about,
    schema: about.absent === undefined ? choices : z._default(choices, about.absent),
    code: "PARAMETER_INVALID",
    parse: (text) => {
      const value = about.choices.find((choice) => choice === text);
      return value === undefined
        ? { problem: `is ${shown(text)}; it must be ${about.choices.join(" or ")}` }
        : { value };
    },
  };
};

/** Some of some words, separated by commas; a word given twice counts once. */
export const listParameter = <const T extends string>(
  about: About & { readonly choices: readonly [T, ...T[]] },
): Parameter<readonly T[] | undefined> => ({
  ...about,
  schema: z
    .string()
    .check(z.regex(new RegExp(`^(${about.choices.join("|")})(,(${about.choices.join("|")}))*$`))),
  code: "PARAMETER_INVALID",
  absent: undefined,
  parse: (text) => {
    const words = text.split(",");
    const value = about.choices.filter((choice) => words.includes(choice));
    const unknown = words.find((word) => !about.choices.some((choice) => choice === word));
    return unknown === undefined
      ? { value }
      : { problem: `has ${shown(unknown)}; it must be some of ${about.choices.join(",")}` };
  },
});

/** Any text of 1 to `max` characters that `pattern` allows. */
export const textParameter = (
  about: About & {
    readonly max: number;
    readonly code?: ErrorCode;
    readonly pattern?: { readonly shape: RegExp; readonly says: string };
  },
): Parameter<string | undefined> => {
  const { max, pattern } = about;
  const text = z.string().check(z.minLength(1), z.maxLength(max));
  return {
    description: about.description,
    example: about.example,
    schema: pattern === undefined ? text : text.check(z.regex(pattern.shape)),
    code: about.code ?? "PARAMETER_INVALID",
    absent: undefined,
    parse: (value) => {
      if (value === "") return { problem: "is empty" };
      if (value.length > max)
        return { problem: `is ${value.length} characters; the limit is ${max}` };
      if (pattern !== undefined && !pattern.shape.test(value))
        return { problem: `is ${shown(value)}; ${pattern.says}` };
      return { value };
    },
  };
};

/** The text of a query; an empty one means everything. What the text means is not looked at here. */
export const queryParameter = (about: About): Parameter<string | undefined> => {
  const max = limits.queryLength.value;
  return {
    ...about,
    schema: z.string().check(z.maxLength(max)),
    code: limits.queryLength.code,
    absent: undefined,
    parse: (value) =>
      value.length > max
        ? { problem: `is ${value.length} characters; the limit is ${max}` }
        : { value },
  };
};

export const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

export const parseTime = (text: string, now: number): number | undefined => {
  const relative = /^-(\d{1,9})([smhdw])$/.exec(text);
  if (relative !== null) {
    // The pattern allows the keys of unitMs only.
    const unit = relative[2] as keyof typeof unitMs;
    return Math.max(0, now - Number(relative[1]) * unitMs[unit]);
  }
  if (/^\d{1,15}$/.test(text)) return Number(text) <= timestampMax ? Number(text) : undefined;
  // A plus sign that was not escaped arrives as a space, and only before the zone can it be meant.
  return parseTimestamp(text.replace(/ (?=\d\d:\d\d$)/, "+"));
};

/** A time: ISO 8601 with a zone, milliseconds since 1970, or relative to now as in `-15m`. Its value is milliseconds. */
export const timeParameter = (about: About): Parameter<number | undefined> => ({
  ...about,
  schema: z.string(),
  code: "PARAMETER_INVALID",
  absent: undefined,
  parse: (text, { now }) => {
    const value = parseTime(text, now);
    const forms = `${timestampExample}, epoch milliseconds, or relative like -15m (s, m, h, d, w)`;
    return value === undefined ? { problem: `is ${shown(text)}; it must be ${forms}` } : { value };
  },
});
