import { isLogId, LogServiceError, type Position, type ScanRequest } from "@log-service/core";

type ScanOrder = ScanRequest["order"];

const initials = { newest: "n", oldest: "o" } as const satisfies Record<ScanOrder, string>;
const shape = /^([no])([0-9a-z]{1,10})\.([0-9a-f-]{36})$/;

/** Writes a chunk's bound as the text from which a scan can go on. */
export const printPosition = (order: ScanOrder, { time, id }: Position): string =>
  `${initials[order]}${time.toString(36)}.${id}`;

/** Throws CURSOR_INVALID for a text that no scan of this order has given out. */
export const parsePosition = (order: ScanOrder, text: string): Position => {
  const [, initial, time = "", id = ""] = shape.exec(text) ?? [];
  if (initial !== initials[order] || !isLogId(id)) {
    throw new LogServiceError("CURSOR_INVALID", "the position is not one of this store and order");
  }
  return { time: Number.parseInt(time, 36), id };
};
