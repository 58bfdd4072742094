import { type Encoding, encodings, type PageFile } from "./page.ts";

/** The weight of each word of a header like `Accept-Encoding` (RFC 9110, 12.4.2). */
const parseWeights = (header: string): ReadonlyMap<string, number> =>
  new Map(
    header.split(",").map((part) => {
      const [word = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith("q="));
      const value = weight === undefined ? 1 : Number(weight.slice(2));
      return [word, Number.isNaN(value) ? 0 : value];
    }),
  );

/** The encoding to send a file in. Who takes none of those that there are gets it plain. */
export const chooseEncoding = (header: string | null, { bytes }: PageFile): Encoding => {
  const weights = parseWeights(header ?? "");
  const weightOf = (encoding: Encoding): number =>
    weights.get(encoding) ?? weights.get("*") ?? (encoding === "identity" ? 0.001 : 0);
  const [best] = encodings
    .filter((encoding) => bytes[encoding] !== undefined && weightOf(encoding) > 0)
    .toSorted((a, b) => weightOf(b) - weightOf(a));
  return best ?? "identity";
};

/** Whether a program that names what it takes is a browser that opens an address. */
export const takesHtml = (headers: Headers): boolean =>
  (parseWeights(headers.get("accept") ?? "").get("text/html") ?? 0) > 0;

/** Whether a client has what it asks for, by `If-None-Match` (RFC 9110, 13.1.2). */
export const hasMatch = (header: string | null, tag: string): boolean =>
  header?.split(",").some((part) => {
    const known = part.trim();
    return known === "*" || known.replace(/^W\//, "") === tag;
  }) ?? false;
