import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Position } from "../chunk/chunk.ts";
import { LogServiceError } from "../errors.ts";

/** A place to go on from: entries beyond it are still to come, and the one at it when it is inclusive. */
export interface Place extends Position {
  readonly isInclusive: boolean;
}

/** What a search needs to go on where a page ended. */
export interface SearchCursor {
  /** The absolute range of the first page, in milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly place: Place;
  /** Where the scan of the store goes on; undefined: from its beginning. */
  readonly startAt: string | undefined;
}

/** The question that a cursor belongs to: the tenant, and every parameter but `limit` and `cursor`. */
export interface Question {
  readonly tenant: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const version = 1;

/** A hash that is long enough to tell things apart, and no secret. */
export const short = (text: string): string =>
  createHash("sha256").update(text).digest("base64url").slice(0, 12);

/** Tells questions of one tenant apart. */
export const hashOf = (question: Question): string =>
  short(
    JSON.stringify(Object.entries(question.parameters).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );

export const printCursor = (cursor: SearchCursor, question: Question): string => {
  const { from, to, place, startAt } = cursor;
  const parts = [
    version,
    short(question.tenant),
    hashOf(question),
    from,
    to,
    place.time,
    place.id,
    place.isInclusive ? 1 : 0,
    startAt ?? null,
  ];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
};

const invalid = () =>
  new LogServiceError(
    "CURSOR_INVALID",
    "cursor is not one that this service gave; start again without it",
  );

const isTime = (value: unknown): value is number => Number.isSafeInteger(value);

const partsOf = (text: string): unknown[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
};

/**
 * Reads a cursor back. Throws CURSOR_INVALID for one of another tenant or of nobody, and CURSOR_MISMATCH when it
 * belongs to another question of this tenant.
 */
export const parseCursor = (text: string, question: Question): SearchCursor => {
  const [found, tenant, hash, from, to, time, id, isInclusive, startAt] = partsOf(text);
  if (found !== version || tenant !== short(question.tenant)) throw invalid();
  if (hash !== hashOf(question))
    throw new LogServiceError(
      "CURSOR_MISMATCH",
      "cursor belongs to a search with other parameters; only limit may change between pages",
    );
  if (!isTime(from) || !isTime(to) || !isTime(time) || typeof id !== "string") throw invalid();
  if (startAt !== null && typeof startAt !== "string") throw invalid();
  return {
    from,
    to,
    place: { time, id, isInclusive: isInclusive === 1 },
    startAt: startAt ?? undefined,
  };
};
