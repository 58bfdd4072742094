/** The parameters of statistics. */

import { limits } from "@log-service/core/limits";
import * as z from "zod/mini";
import { type About, type Parameter, shown, unitMs } from "./parameter.ts";

const numericMeasures = ["sum", "min", "max", "avg", "p50", "p95", "p99"] as const;

/** What is counted or computed; a field is named as in a query. */
export type Measure =
  | { readonly name: "count" }
  | { readonly name: (typeof numericMeasures)[number]; readonly field: string };

const measuresMax = 10;
const byMax = 4;
/** An attribute's name, with `attributes.` in front. */
const nameLengthMax = limits.attributeNameLength.value + "attributes.".length;

const toMeasure = (text: string): Measure | undefined => {
  if (text === "count") return { name: "count" };
  const [, word, field] = /^(\w+)\(([^()]+)\)$/.exec(text) ?? [];
  const name = numericMeasures.find((one) => one === word);
  if (name === undefined || field === undefined || field.length > nameLengthMax) return undefined;
  return { name, field };
};

/** Measures separated by commas, as in `count,p95(latency_ms)`. */
export const measuresParameter = (about: About): Parameter<readonly Measure[]> => ({
  ...about,
  schema: z.string().check(z.minLength(1)),
  code: "PARAMETER_INVALID",
  absent: [{ name: "count" }],
  parse: (text) => {
    const words = text.split(/,(?![^(]*\))/);
    if (words.length > measuresMax)
      return { problem: `has ${words.length} measures; the limit is ${measuresMax}` };
    const value: Measure[] = [];
    for (const word of words) {
      const measure = toMeasure(word.trim());
      if (measure === undefined) {
        const forms = `count or ${numericMeasures.join(", ")} of a field, as in p95(latency_ms)`;
        return { problem: `has ${shown(word)}; a measure is ${forms}` };
      }
      value.push(measure);
    }
    return { value };
  },
});

/** Names of fields separated by commas. */
export const fieldsParameter = (
  about: About & { readonly max?: number },
): Parameter<readonly string[] | undefined> => ({
  ...about,
  schema: z.string().check(z.minLength(1)),
  code: "PARAMETER_INVALID",
  absent: undefined,
  parse: (text) => {
    const value = text.split(",").map((name) => name.trim());
    const { max = byMax } = about;
    if (value.length > max) return { problem: `has ${value.length} fields; the limit is ${max}` };
    if (value.some((name) => name === "" || name.length > nameLengthMax))
      return { problem: `has a name that is empty or longer than ${nameLengthMax} characters` };
    if (new Set(value).size < value.length) return { problem: "has a field twice" };
    return { value };
  },
});

/** A length of time, as in `1m`. Its value is milliseconds, at least a second. */
export const intervalParameter = (about: About): Parameter<number | undefined> => ({
  ...about,
  schema: z.string().check(z.regex(/^\d{1,6}[smhdw]$/)),
  code: "PARAMETER_INVALID",
  absent: undefined,
  parse: (text) => {
    const [, digits, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
    // The pattern allows the keys of unitMs only.
    const value = Number(digits) * unitMs[unit as keyof typeof unitMs];
    return value > 0
      ? { value }
      : { problem: `is ${shown(text)}; it must be a time like 30s, 1m, 6h or 1d` };
  },
});
