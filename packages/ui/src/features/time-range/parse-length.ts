import { lengthOf, unitMs, units } from "../../view/time-range.ts";

/** The unit that a word like `min` or `hours` begins to name. */
const unitOf = (typed: string): string | undefined => {
  const name = typed.replace(/^hrs?$/, "h").replace(/(?<=..)s$/, "");
  return units.find(([, , word]) => word.startsWith(name))?.[0];
};

/** Reads a length as it is typed: `90m`, `90 min`, `1h 30m`, `last 2 days`. */
export const parseLength = (text: string): string | undefined => {
  const typed = text.trim().toLowerCase();
  if (!/^(?:last\s+)?(?:\d{1,6}\s*[a-z]+\s*)+$/.test(typed)) return undefined;
  const parts = [...typed.matchAll(/(\d+)\s*([a-z]+)/g)];
  const ms = parts.map(([, count, word = ""]) => Number(count) * (unitMs[unitOf(word) ?? ""] ?? 0));
  return ms.every((one) => one > 0) ? lengthOf(ms.reduce((sum, one) => sum + one, 0)) : undefined;
};
