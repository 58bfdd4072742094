import { readStored, writeStored } from "../../preferences/browser-storage.ts";

const storageKey = "log-service.queries";
const queriesMax = 50;

/** Reads what was kept, the latest first; what cannot be read is nothing. */
export const parseHistory = (text: string | null): readonly string[] => {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    if (Array.isArray(value)) return value.filter((one) => typeof one === "string");
  } catch {
    // A broken text is as good as none.
  }
  return [];
};

/** The history with one more query, in front. */
export const withQuery = (history: readonly string[], q: string): readonly string[] =>
  q === "" ? history : [q, ...history.filter((one) => one !== q)].slice(0, queriesMax);

export const readHistory = (): readonly string[] => parseHistory(readStored(storageKey));

export const remember = (q: string): void => {
  writeStored(storageKey, JSON.stringify(withQuery(readHistory(), q)));
};
