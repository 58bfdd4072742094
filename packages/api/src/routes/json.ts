import type { Warning } from "@log-service/contract";
import { escapeControls } from "@log-service/core";
import type { Answer } from "../handler.ts";

const headers = { "content-type": "application/json" };

/** A JSON answer of text that is JSON already. */
export const jsonText = (status: number, body: string): Answer => ({ status, headers, body });

/** A JSON answer. */
export const json = (status: number, value: unknown): Answer =>
  jsonText(status, escapeControls(JSON.stringify(value)));

/** The last member of an answer that has warnings; nothing of one that has none. */
export const warningsText = (warnings: readonly Warning[]): string =>
  warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : "";
