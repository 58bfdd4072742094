import type { AttributeValue, StoredEntry } from "./entry.ts";
import { escapeControls } from "./escape-controls.ts";
import { formatTimestamp } from "./timestamp.ts";

/**
 * A number as JSON. Whole numbers beyond 2^53 get an exponent: written out they would look like ids, and `parseBatch`
 * keeps those as strings.
 */
const renderNumber = (value: number): string => {
  if (Math.abs(value) > 2 ** 53) return value.toExponential();
  return Object.is(value, -0) ? "-0" : String(value);
};

export const renderValue = (value: AttributeValue): string => {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "number" ? renderNumber(value) : String(value);
};

const renderOptional = (name: string, value: string | undefined): string =>
  value === undefined ? "" : `,"${name}":${JSON.stringify(value)}`;

/** The members of an entry's `attributes`, without the braces. */
export const renderAttributes = ({ attributeNames, attributeValues }: StoredEntry): string => {
  let attributes = "";
  for (let index = 0; index < attributeNames.length; index += 1) {
    const name = JSON.stringify(attributeNames[index]);
    // The two arrays have the same length.
    const value = renderValue(attributeValues[index] as AttributeValue);
    attributes += index === 0 ? `${name}:${value}` : `,${name}:${value}`;
  }
  return attributes;
};

/** Writes an entry as one line of JSON, without a line end, that does nothing to a terminal: what every route sends. */
export const renderEntry = (entry: StoredEntry): string => {
  const head = `{"logId":"${entry.logId}","timestamp":"${formatTimestamp(entry.timestamp)}"`;
  const said = `,"severity":"${entry.severity}","message":${JSON.stringify(entry.message)}`;
  const texts =
    renderOptional("service", entry.service) +
    renderOptional("level", entry.level) +
    renderOptional("traceId", entry.traceId) +
    renderOptional("spanId", entry.spanId);
  return escapeControls(`${head}${said}${texts},"attributes":{${renderAttributes(entry)}}}`);
};
