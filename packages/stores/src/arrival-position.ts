import { LogServiceError } from "@log-service/core";

const shape = /^([0-9a-z]{1,20})-([0-9a-z]{1,11})$/;

export const invalidArrival = () =>
  new LogServiceError("CURSOR_INVALID", "the position is not one of this store's arrivals");

/** Writes a number in the order of arrival. Numbers of another epoch are those of a store that was lost. */
export const printArrival = (epoch: string, number: number): string =>
  `${epoch}-${number.toString(36)}`;

/** Reads a number back; undefined when it is of another epoch. Throws CURSOR_INVALID for any other text. */
export const parseArrival = (text: string, epoch: string): number | undefined => {
  const [, found, digits = ""] = shape.exec(text) ?? [];
  const number = Number.parseInt(digits, 36);
  if (found === undefined || !Number.isSafeInteger(number)) throw invalidArrival();
  return found === epoch ? number : undefined;
};
