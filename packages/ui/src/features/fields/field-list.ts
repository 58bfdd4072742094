import type { Operations } from "@log-service/sdk";
import { formatNumber } from "../../format/number.ts";

export type Field = Operations["fields"]["answer"]["fields"][number];
export type FieldValue = Operations["fieldValues"]["answer"]["values"][number]["value"];

/** What is looked at first, whatever the logs are about. */
const pinned = ["severity", "service", "level"];

const rankOf = ({ name }: Field): number => {
  const rank = pinned.indexOf(name);
  return rank === -1 ? pinned.length : rank;
};

/** The fields whose names contain a text, those that all logs have first, then as they came. */
export const fieldsShown = (fields: readonly Field[], text: string): readonly Field[] => {
  const part = text.trim().toLowerCase();
  return fields
    .filter(({ name }) => name.toLowerCase().includes(part))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
};

/** How a value is written in a list: a text that looks like something else in quotes. */
export const valueText = (value: FieldValue): string => {
  if (typeof value !== "string") return `${value}`;
  const looksOther = value.trim() === "" || /^(?:true|false|-?[\d.]+(?:e[+-]?\d+)?)$/i.test(value);
  return looksOther ? JSON.stringify(value) : value;
};

export const measures = ["min", "avg", "p95", "max"] as const;

/** What is asked of a number field; undefined of one whose name a measure cannot hold. */
export const measuresOf = (name: string): readonly string[] | undefined =>
  /[()]/.test(name) ? undefined : measures.map((measure) => `${measure}(${name})`);

/** The figures of the only point of statistics over a whole range, each as it is read. */
export const figuresOf = ({ groups }: Operations["stats"]["answer"]): readonly string[] => {
  const [, ...figures] = groups[0]?.points[0] ?? [];
  return measures.map((_, i) => {
    const figure = figures[i] ?? null;
    return figure === null ? "–" : formatNumber(figure);
  });
};
