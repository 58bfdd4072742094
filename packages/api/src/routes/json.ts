import type { Answer } from "../handler.ts";

const headers = { "content-type": "application/json", "cache-control": "no-store" };

/** A JSON answer of text that is JSON already. Log entries are nobody's to cache on the way. */
export const jsonText = (status: number, body: string): Answer => ({ status, headers, body });

/** A JSON answer. */
export const json = (status: number, value: unknown): Answer =>
  jsonText(status, JSON.stringify(value));
