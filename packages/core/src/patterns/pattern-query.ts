import { type Filter, normalize, parse, print } from "@log-service/query";
import { placeholderSource } from "./placeholders.ts";

const placeholder = new RegExp(placeholderSource);

/** So many parts of a pattern are looked for, the longest: they find what all would, nearly always. */
const partsMax = 6;

/**
 * The text of a query that finds every entry of a pattern, by the texts between its placeholders. It may find others
 * that have the same words in another order, or more of them.
 */
export const queryOfPattern = (pattern: string): string => {
  const parts = pattern
    .split(placeholder)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part) && part.isWellFormed());
  // A part of another part finds nothing more.
  const telling = parts.filter(
    (part, at) =>
      !parts.some((other, i) => i !== at && other.includes(part) && (other !== part || i < at)),
  );
  const longest = telling.toSorted((a, b) => b.length - a.length).slice(0, partsMax);
  const filters = telling
    .filter((part) => longest.includes(part))
    .map((text): Filter => ({ op: "contains", text }));
  const query = print(normalize({ op: "and", filters }));
  return parse(query).problems.length === 0 ? query : "";
};
