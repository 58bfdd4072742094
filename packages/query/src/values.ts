import { numberOf } from "./entry.ts";
import { type Comparison, type Filter, nothing } from "./filter.ts";
import { type Items, parseGroup } from "./grammar.ts";
import { checkSeverity } from "./mistakes.ts";
import { parseRegexTerm } from "./operators/regex.ts";
import type { Scanner } from "./scanner.ts";
import { printValue, quote } from "./text.ts";
import { parseTime, type TimeSpan } from "./time.ts";

/** Reads what stands behind a field's colon; the next character is neither white space nor `)`. */
export const parseValue = (scanner: Scanner, field: string, depth: number): Filter => {
  const first = scanner.peek();
  if (first === "(") return parseValueGroup(scanner, field, depth);
  if (first === '"') return parseQuotedValue(scanner, field);
  if (first === "/" && field !== "timestamp") {
    const filter = parseRegexTerm(scanner, field);
    if (filter !== undefined) return filter;
  }
  if (first === ">" || first === "<") return parseComparison(scanner, field);
  if (first === "[" || first === "{") return parseRange(scanner, field);
  return parseBareValue(scanner, field);
};

const parseValueGroup = (scanner: Scanner, field: string, depth: number): Filter => {
  const from = scanner.at;
  const read: Items["read"] = (inner, level) => parseValue(inner, field, level);
  const filter = parseGroup(scanner, { areValues: true, read }, depth);
  const values = filter.op === "and" ? filter.filters.filter((part) => part.op === "equals") : [];
  if (values.length > 1) {
    const either = values.map((part) => printValue(part.value)).join(" OR ");
    scanner.hint(from, "a field has one value, so it can't have all of these", `(${either})`);
  }
  return filter;
};

const parseQuotedValue = (scanner: Scanner, field: string): Filter => {
  const from = scanner.at;
  const value = scanner.readQuoted();
  scanner.token(value === undefined ? "error" : "value", from);
  return value === undefined ? nothing : toEquals(scanner, field, value, from);
};

const toEquals = (scanner: Scanner, field: string, value: string, from: number): Filter => {
  if (field === "severity") checkSeverity(scanner, from, value);
  if (field !== "timestamp") return { op: "equals", field, value };
  const span = timeAt(scanner, from, value);
  return span === undefined ? nothing : { op: "range", field, from: span.from, to: span.to };
};

const parseBareValue = (scanner: Scanner, field: string): Filter => {
  const bare = scanner.readBare();
  const { from, parts } = bare;
  const isWildcard = parts.length > 1;
  scanner.token(isWildcard ? "wildcard" : "value", from);
  if (scanner.peek() === '"') {
    scanner.readQuoted();
    scanner.token("error", bare.to);
    const raw = scanner.text.slice(from, scanner.at);
    scanner.problem(from, "quotes stand around a whole value", quote(raw.replaceAll('"', "")));
    return nothing;
  }
  if (/^[:=!]/.test(bare.raw)) return reportSign(scanner, bare.raw, from);
  if (!isWildcard) return toEquals(scanner, field, parts[0] ?? "", from);
  if (parts.every((part) => part === "")) return { op: "exists", field };
  if (field === "timestamp") {
    scanner.problem(from, "a time has no wildcards; shorten it, as in 2026-11-22");
  }
  // Stars side by side mean what one does.
  const kept = parts.filter((part, i) => part !== "" || i === 0 || i === parts.length - 1);
  return { op: "wildcard", field, parts: kept };
};

/** `x:=5`, `std::string`: most likely another language, or no field at all. */
const reportSign = (scanner: Scanner, raw: string, from: number): Filter => {
  const value = raw.replace(/^[:=!]+/, "");
  if (raw.startsWith(":")) {
    const start = scanner.tokens.findLast((token) => token.kind === "field")?.from ?? from;
    const text = scanner.text.slice(start, scanner.at);
    scanner.problem(start, "a colon makes a field of the text before it", quote(text));
  } else {
    const suggestion = raw.startsWith("=") && value !== "" ? value : quote(raw);
    scanner.problem(from, "a value begins with this sign only in quotes", suggestion);
  }
  return nothing;
};

const parseComparison = (scanner: Scanner, field: string): Filter => {
  const start = scanner.at;
  const hasEqual = scanner.peek(1) === "=";
  // The first character is one of < and >, as the caller saw.
  const operator = `${scanner.peek()}${hasEqual ? "=" : ""}` as Comparison;
  scanner.take("comparison", operator.length);
  scanner.skipSpace();
  const from = scanner.at;
  const value = readOperand(scanner);
  scanner.token("value", from);
  if (field === "severity") return reportSeverityOrder(scanner, start, operator, value);
  if (value === "") {
    scanner.problem(start, `a number stands behind ${operator}`);
    return nothing;
  }
  if (field === "timestamp") {
    const span = timeAt(scanner, from, value);
    const isWhole = operator === ">" || operator === "<=";
    return span === undefined
      ? nothing
      : { op: "compare", field, operator, value: isWhole ? span.to : span.from };
  }
  const number = numberAt(scanner, from, value);
  return number === undefined ? nothing : { op: "compare", field, operator, value: number };
};

/** Severities are three words; which are at least as grave is said by naming them. */
const reportSeverityOrder = (
  scanner: Scanner,
  from: number,
  operator: Comparison,
  value: string,
): Filter => {
  const order = ["info", "warning", "error"];
  const at = order.indexOf(value);
  const meant = order.filter((_, i) => {
    if (i === at) return operator.endsWith("=");
    return operator.startsWith(">") ? i > at : i < at;
  });
  const suggestion = at >= 0 && meant.length > 0 ? `(${meant.join(" OR ")})` : undefined;
  scanner.problem(from, "severities are words and do not compare; name them", suggestion);
  return nothing;
};

const parseRange = (scanner: Scanner, field: string): Filter => {
  const start = scanner.at;
  const isExclusive = scanner.peek() === "{";
  scanner.take("bracket", 1);
  const from = readEnd(scanner, field);
  scanner.skipSpace();
  const hasTo = scanner.text.startsWith("TO", scanner.at);
  if (hasTo) scanner.take("keyword", 2);
  const to = hasTo ? readEnd(scanner, field) : undefined;
  scanner.skipSpace();
  const close = scanner.peek();
  if (!hasTo || (close !== "]" && close !== "}")) {
    scanner.problem(start, "a range is written [1 TO 5], with a star for an open end");
    return nothing;
  }
  scanner.take("bracket", 1);
  if (isExclusive || close === "}") {
    scanner.problem(start, "a range includes both ends; use > and < to leave them out");
    return nothing;
  }
  if (from === undefined || to === undefined) return nothing;
  if (from.from > to.to) {
    const inner = /^\[\s*(\S+)\s+TO\s+(\S+?)\s*\]$/.exec(scanner.text.slice(start, scanner.at));
    const suggestion = inner === null ? undefined : `[${inner[2]} TO ${inner[1]}]`;
    scanner.problem(start, "the range is upside down", suggestion);
    return nothing;
  }
  const first = Number.isFinite(from.from) ? from.from : null;
  const last = Number.isFinite(to.to) ? to.to : null;
  return { op: "range", field, from: first, to: last };
};

/** Reads an end of a range; an open one is infinite on its side. */
const readEnd = (scanner: Scanner, field: string): TimeSpan | undefined => {
  scanner.skipSpace();
  const from = scanner.at;
  const text = readOperand(scanner);
  scanner.token("value", from);
  if (text === "*") return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  if (field === "timestamp") return timeAt(scanner, from, text);
  const number = numberAt(scanner, from, text);
  return number === undefined ? undefined : { from: number, to: number };
};

/** A number or a time, in quotes or not. */
const readOperand = (scanner: Scanner): string => {
  if (scanner.peek() === '"') return scanner.readQuoted() ?? "";
  return scanner.readBare("]}").parts.join("*");
};

const numberAt = (scanner: Scanner, from: number, text: string): number | undefined => {
  const number = numberOf(text);
  if (number !== undefined) return number;
  if (text === "") {
    scanner.problem(from, "a number is missing");
    return undefined;
  }
  const lead = /^[+]?(-?\d*\.?\d+)/.exec(text.slice(0, 64))?.[1];
  const meant = lead === undefined ? undefined : numberOf(String(Number(lead)));
  const message = `${printValue(text.slice(0, 40))} is not a number`;
  scanner.problem(from, message, meant === undefined ? undefined : String(meant));
  return undefined;
};

const timeAt = (scanner: Scanner, from: number, text: string): TimeSpan | undefined => {
  const span = parseTime(text);
  if (span !== undefined) return span;
  const message = "a time is written 2026-11-22, 2026-11-22T09:00Z or in milliseconds since 1970";
  scanner.problem(from, message);
  return undefined;
};
