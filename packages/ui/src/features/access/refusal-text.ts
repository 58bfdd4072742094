import type { Refusal } from "../../client/watch-fetch.ts";

const texts: Readonly<Record<Refusal, string>> = {
  keyMissing: "The service asks for a key.",
  keyWrong: "This key is not one of this service, or it has been taken back or has expired.",
  keyCannotRead: "This key is good, but not for reading: it lacks the scope read. Use another one.",
};

/** Why the page shows nothing, in words. */
export const refusalText = (refusal: Refusal): string => texts[refusal];
