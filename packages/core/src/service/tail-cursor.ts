import { LogServiceError } from "../errors.ts";
import { hashOf, type Question, short } from "./cursor.ts";

/** What a tail needs to go on. */
export interface TailCursor {
  /** Where the store goes on. */
  readonly position: string;
  /**
   * Chunks behind the position that have been passed in part: how many of the ids that they came with, by the chunk's id. It is
   * one, save where a store finds something late in front of it.
   */
  readonly begun: ReadonlyMap<string, number>;
}

const version = "1";
const separator = "~";

/** Of characters that need no escape in a URL. */
const shape = /^1~([\w-]{12})~([\w-]{12})~([\w.-]{1,1500})((?:~[0-9a-f-]{36}\.[0-9a-z]{1,4})*)$/;

export const printTailCursor = ({ position, begun }: TailCursor, question: Question): string => {
  const parts = Array.from(begun, ([id, count]) => `${id}.${count.toString(36)}`);
  return [version, short(question.tenant), hashOf(question), position, ...parts].join(separator);
};

/**
 * Reads a cursor back. Throws CURSOR_INVALID for one of another tenant or of nobody, and CURSOR_MISMATCH when it
 * belongs to another question of this tenant.
 */
export const parseTailCursor = (text: string, question: Question): TailCursor => {
  const [, tenant, hash, position = "", parts = ""] = shape.exec(text) ?? [];
  if (tenant !== short(question.tenant))
    throw new LogServiceError(
      "CURSOR_INVALID",
      "cursor is not one that this tail gave; start again without it",
    );
  if (hash !== hashOf(question))
    throw new LogServiceError(
      "CURSOR_MISMATCH",
      "cursor belongs to a tail with other parameters; only limit and wait may change",
    );
  const begun = parts.split(separator).flatMap((part): [string, number][] => {
    const [id = "", count = ""] = part.split(".");
    return id === "" ? [] : [[id, Number.parseInt(count, 36)]];
  });
  return { position, begun: new Map(begun) };
};
