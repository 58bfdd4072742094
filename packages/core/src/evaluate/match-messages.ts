import type { Column } from "../chunk/column.ts";
import type { StringsView } from "../chunk/columns/strings.ts";
import type { Template, TemplatesView } from "../chunk/columns/templates-view.ts";
import { once } from "../chunk/once.ts";
import { runLength } from "../chunk-filter/index.ts";
import type { ChunkData } from "./chunk-data.ts";
import { EntrySet } from "./entry-set.ts";
import { matchColumn, type Search } from "./match-column.ts";
import { canHold, matchStrings } from "./match-strings.ts";
import { canContain, type Needle } from "./needle.ts";
import type { Operator } from "./operators/operator.ts";
import type { ValueTest } from "./value-test.ts";

/** With fewer candidates than one in so many entries, each is looked at on its own. */
const sparseShare = 32;

/** How a chunk's filter is asked of messages. */
export const messagesRuledOut = ({ needle }: ValueTest): Operator["isRuledOut"] => {
  if (needle === undefined || needle.text.length < runLength) return undefined;
  return (filter) => !filter.mayContain(needle.text);
};

/** Adds the entries whose message matches. */
export const matchMessages = (test: ValueTest, search: Search): void => {
  const { chunk, among, found } = search;
  const view = chunk.messages();
  const isSparse = among.size * sparseShare < chunk.count;
  if (view.kind !== "templates") {
    const hit = (row: number) => {
      if (among.has(row)) found.add(row);
    };
    const isWanted = (row: number) => among.has(row);
    if (isSparse) matchEach(view, test, search);
    else matchStrings(view, { count: chunk.count, test, isWanted, hit });
  } else if (test.needle === undefined || isSparse) matchEach(view, test, search);
  else matchTemplates(view, test, test.needle, search);
};

const matchEach = (
  view: StringsView | TemplatesView,
  test: ValueTest,
  { among, found }: Search,
): void => {
  for (let row = 0; row < among.bits.length; row++) {
    if (among.has(row) && test.matches(view.at(row))) found.add(row);
  }
};

/** The messages of each code in their order: message r of code c is `rows[starts[c] + r]`. */
const sortByCode = ({ codes, templates }: TemplatesView) => {
  const starts = new Uint32Array(templates.length + 2);
  for (let row = 0; row < codes.length; row++) starts[codes[row]! + 1]!++;
  for (let code = 1; code < starts.length; code++) starts[code]! += starts[code - 1]!;
  const rows = new Uint32Array(codes.length);
  const next = starts.slice();
  for (let row = 0; row < codes.length; row++) rows[next[codes[row]!]!++] = row;
  return { rows, starts };
};

/** How the parts of templates are searched for one needle. */
interface TemplateSearch {
  readonly needle: Needle;
  /** Holds for a text that contains the needle, and for no other. */
  readonly containing: ValueTest;
  readonly rowsOf: (code: number) => Uint32Array;
  /** The entries whose value in a column, as text, contains the needle. */
  readonly rowsOfColumn: (column: number) => EntrySet | undefined;
  readonly hit: (row: number) => void;
}

const matchTemplates = (
  view: TemplatesView,
  test: ValueTest,
  needle: Needle,
  { chunk, among, found }: Search,
): void => {
  const sorted = once(() => sortByCode(view));
  const candidates = new EntrySet(chunk.count);
  const containing: ValueTest = {
    matches: (value) => needle.isIn(String(value)),
    needle,
    isNeedleEnough: true,
  };
  const search: TemplateSearch = {
    needle,
    containing,
    rowsOf: (code) => {
      const { rows, starts } = sorted();
      return rows.subarray(starts[code], starts[code + 1]);
    },
    rowsOfColumn: columnSearch(chunk, containing, needle),
    hit: (row) => {
      if (among.has(row)) candidates.add(row);
    },
  };
  if (view.rest !== undefined) matchPart(view.rest, 0, search);
  for (const [index, template] of view.templates.entries()) {
    matchTemplate(view, template, index + 1, search);
  }
  const isMatch = (row: number) => test.isNeedleEnough || test.matches(view.at(row));
  found.addAll(candidates.size === 0 ? candidates : candidates.filter(isMatch));
};

/** How JavaScript writes numbers. */
const numberCharacters = "0123456789.+-e";

const canColumnHold = (column: Column, needle: Needle): boolean =>
  column.type === "string" ? canHold(column.read(), needle) : canContain(numberCharacters, needle);

/** Searches a column once, however many slots refer to it; slots never refer to booleans. */
const columnSearch = (
  chunk: ChunkData,
  test: ValueTest,
  needle: Needle,
): ((column: number) => EntrySet | undefined) => {
  const known = new Map<number, EntrySet | undefined>();
  return (index) => {
    if (known.has(index)) return known.get(index);
    const column = chunk.columns()[index]!;
    let found: EntrySet | undefined;
    if (canColumnHold(column, needle)) {
      found = new EntrySet(chunk.count);
      const among = EntrySet.range(chunk.count, 0, chunk.count);
      matchColumn(column, test, { chunk, among, found });
    }
    known.set(index, found);
    return found;
  };
};

/** Searches strings that messages of one code have, in their order. */
const matchPart = (view: StringsView, code: number, search: TemplateSearch): void => {
  const { needle, containing, rowsOf, hit } = search;
  if (!canHold(view, needle)) return;
  const rows = rowsOf(code);
  matchStrings(view, {
    count: rows.length,
    test: containing,
    isWanted: () => true,
    hit: (rank) => hit(rows[rank]!),
  });
};

/**
 * Finds the needle where a message can have it: in a literal, and then all messages do; across the border of a slot,
 * which few needles can, and then the messages themselves are looked at; or inside of a slot.
 */
const matchTemplate = (
  view: TemplatesView,
  { literals, slots }: Template,
  code: number,
  search: TemplateSearch,
): void => {
  const { needle, rowsOf, hit } = search;
  const places = needle.placesIn(literals);
  if (places === "literal") {
    rowsOf(code).forEach(hit);
  } else if (places === "border") {
    for (const row of rowsOf(code)) if (needle.isIn(view.at(row))) hit(row);
  } else {
    for (const slot of slots) {
      if (slot.kind === "reference") matchReference(slot.column, code, search);
      else matchPart(slot, code, search);
    }
  }
};

const matchReference = (
  column: number,
  code: number,
  { rowsOf, rowsOfColumn, hit }: TemplateSearch,
): void => {
  const found = rowsOfColumn(column);
  if (found === undefined || found.size === 0) return;
  for (const row of rowsOf(code)) if (found.has(row)) hit(row);
};
