import { parseView, printView, type View } from "../../view/view.ts";

/** A search that was kept, under a name that no other has. */
export interface SavedSearch {
  readonly name: string;
  /** The part of the page's address that is about what is asked. */
  readonly address: string;
}

const isSaved = (value: unknown): value is SavedSearch =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  "address" in value &&
  typeof value.name === "string" &&
  value.name !== "" &&
  typeof value.address === "string";

const byName = (a: SavedSearch, b: SavedSearch) => a.name.localeCompare(b.name);

/** Reads what was kept; what cannot be read is left out. */
export const parseSaved = (text: string | null): readonly SavedSearch[] => {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.filter(isSaved) : [];
  } catch {
    return [];
  }
};

/** With one more; another of the same name gives way to it. */
export const withSaved = (
  all: readonly SavedSearch[],
  saved: SavedSearch,
): readonly SavedSearch[] => [...withoutSaved(all, saved.name), saved].sort(byName);

export const withoutSaved = (all: readonly SavedSearch[], name: string): readonly SavedSearch[] =>
  all.filter((one) => one.name !== name);

/** Whether a search is kept under a name. */
export const isTaken = (all: readonly SavedSearch[], name: string): boolean =>
  all.some((one) => one.name === name);

/** With another name for one of them; nothing changes where the name is empty, or another one's. */
export const withName = (
  all: readonly SavedSearch[],
  name: string,
  next: string,
): readonly SavedSearch[] => {
  const saved = all.find((one) => one.name === name);
  const others = withoutSaved(all, name);
  if (!saved || next.trim() === "" || isTaken(others, next.trim())) return all;
  return withSaved(others, { ...saved, name: next.trim() });
};

/** What is kept of a view: not which of its entries is open. */
export const addressOf = (view: View): string =>
  printView({ ...view, open: undefined, context: undefined });

/** The view that was kept. */
export const savedView = ({ address }: SavedSearch): View => parseView(address);

/** A name for a view that has none yet. */
export const nameFor = ({ q }: View): string => q.trim().slice(0, 60) || "All entries";
