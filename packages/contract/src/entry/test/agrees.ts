import { type ParseContext, parseBatch } from "@log-service/core";
import { expect } from "vitest";
import { parseExactJson } from "../exact-json.ts";
import { entryProblems, entrySchemaAt, type PostedEntry } from "../schema.ts";

export const now = Date.UTC(2026, 10, 22, 9);
export const oldest = now - 30 * 86_400_000;
const context: ParseContext = { now, oldest, requireTimestamp: false };
const schema = entrySchemaAt(now, oldest);

/** The same entry whatever the order of its attributes; text, since it keeps -0 apart from 0. */
const comparable = ({ attributeNames, attributeValues, ...fields }: PostedEntry) => ({
  ...fields,
  attributes: attributeNames.map((name, index) => [name, attributeValues[index]]).sort(),
});

const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(unescape(encodeURIComponent(text)), (character) => character.charCodeAt(0));

/** What the ingest path makes of one entry. */
export const read = (text: string) => {
  const { entries, rejected } = parseBatch(bytesOf(text), "json", context);
  return { entries: entries.map(comparable), problems: rejected.flatMap((one) => one.problems) };
};

/** What the specification says of it. */
export const expected = (text: string) => {
  const outcome = schema.safeParse(parseExactJson(text));
  return outcome.success
    ? { entries: [comparable(outcome.data)], problems: [] }
    : { entries: [], problems: entryProblems(outcome.error) };
};

// The ingest path cuts long paths, since names have a limit, but the names that break it do not.
const pairs = (problems: readonly { path: string; code: string }[]) =>
  problems.map(({ path, code }) => `${path.slice(0, 200)}: ${code}`).toSorted();

/** Expects that the ingest path and the specification say the same of an entry. */
export const agrees = (text: string): void => {
  const actual = read(text);
  const wanted = expected(text);
  expect(actual.entries).toEqual(wanted.entries);
  expect(pairs(actual.problems)).toEqual(pairs(wanted.problems));
};
