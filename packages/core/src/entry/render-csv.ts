import { placeOf, readerOf } from "@log-service/query";
import type { AttributeValue, StoredEntry } from "./entry.ts";
import { renderAttributes, renderValue } from "./render-entry.ts";
import { formatTimestamp } from "./timestamp.ts";

/** The name of the column that holds all attributes of an entry as one JSON object. */
const attributesColumn = "attributes";

/** The columns of a table that nobody chose the columns of: with them nothing of an entry is left out. */
export const csvColumnsDefault = [
  "timestamp",
  "severity",
  "service",
  "level",
  "message",
  "traceId",
  "spanId",
  "logId",
  attributesColumn,
] as const;

/** What a spreadsheet may take for the beginning of a formula; the last four are the same in full width. */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const needsQuotes = /[",;\r\n\t]/;

/** Control characters but tabs and line ends. CSV cannot escape them, and a terminal that shows it would obey. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** The picture that Unicode has of a control character, as in ␛; those beyond DEL have none. */
const pictureOf = (control: string): string => {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
};

/**
 * A text as one field of RFC 4180. An apostrophe goes before what a spreadsheet would run as a formula, and control
 * characters become pictures of them; NDJSON has them as they came.
 */
const textField = (text: string): string => {
  const shown = text.replace(controls, pictureOf);
  const safe = formulaStart.test(shown) ? `'${shown}` : shown;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One record of RFC 4180, its line end included. */
export const csvRecord = (texts: readonly string[]): string =>
  `${texts.map(textField).join(",")}\r\n`;

const fieldOf = (value: AttributeValue | undefined): string => {
  if (value === undefined) return "";
  return typeof value === "string" ? textField(value) : renderValue(value);
};

const columnReader = (column: string): ((entry: StoredEntry) => string) => {
  if (column === attributesColumn) return (entry) => textField(`{${renderAttributes(entry)}}`);
  const place = placeOf(column);
  if (place.kind === "builtIn" && place.name === "timestamp")
    return (entry) => formatTimestamp(entry.timestamp);
  const read = readerOf(column);
  return (entry) => fieldOf(read(entry));
};

/** Returns what writes an entry as one record. Columns are fields as a query names them, or `attributes`. */
export const createCsvRenderer = (columns: readonly string[]): ((entry: StoredEntry) => string) => {
  const readers = columns.map(columnReader);
  return (entry) => `${readers.map((read) => read(entry)).join(",")}\r\n`;
};
