import { builtInFields } from "./entry.ts";
import type { Bare, Scanner } from "./scanner.ts";
import { printField, printValue, quote } from "./text.ts";

/** The three severities, and what other vocabularies call them. */
const severityOf: Readonly<Record<string, string>> = {
  info: "info",
  warning: "warning",
  error: "error",
  trace: "info",
  debug: "info",
  notice: "info",
  information: "info",
  warn: "warning",
  err: "error",
  critical: "error",
  crit: "error",
  alert: "error",
  emergency: "error",
  fatal: "error",
  panic: "error",
};

/** Reports a severity that no entry can have. */
export const checkSeverity = (scanner: Scanner, from: number, value: string): void => {
  const lower = value.toLowerCase();
  const known = Object.hasOwn(severityOf, lower) ? severityOf[lower] : undefined;
  if (known === value) return;
  const message = "severity is info, warning or error; the sender's own word is in level";
  scanner.problem(from, message, known ?? `(info OR warning OR error)`);
};

/** A name, an operator of another language and a value, as in `status>=500`. */
const assignment = /^([\p{L}_][\p{L}\p{N}_.-]*)(==|=|!=|>=|<=|>|<)([\p{L}\p{N}_.'-]+)$/u;

/** Hints at words that another language would read as more than a word. They are looked for as they stand. */
export const hintWord = (scanner: Scanner, bare: Bare): void => {
  const { from, to, raw } = bare;
  if (raw === "or" || raw === "and" || raw === "not") {
    const capitals = raw.toUpperCase();
    scanner.hint(from, `this looks for the word ${raw}; the operator is ${capitals}`, capitals, to);
  }
  if (raw === "&&") scanner.hint(from, "this looks for the text &&", "AND", to);
  if (/^!./.test(raw)) scanner.hint(from, "a minus sign negates", `-${raw.slice(1)}`, to);
  if (/^\+./.test(raw)) scanner.hint(from, "every term must be met anyhow", raw.slice(1), to);
  const [, name = "", operator = "", value = ""] = assignment.exec(raw) ?? [];
  if (name !== "") {
    const text = value.replace(/^'(.*)'$/, "$1");
    const message = "this looks for the text in the message; a field is written with a colon";
    scanner.hint(from, message, fieldTerm(name, operator, text), to);
  }
  if (/^(?:==?|!=|>=?|<=?)$/.test(raw)) hintLoneOperator(scanner, bare);
};

const fieldTerm = (name: string, operator: string, value: string): string => {
  if (operator.startsWith("=")) return `${printField(name)}:${printValue(value)}`;
  if (operator === "!=") return `-${printField(name)}:${printValue(value)}`;
  return `${printField(name)}:${operator}${value}`;
};

/** `level = 'x'`: looks at the words around the sign, which is what was meant together. */
const hintLoneOperator = (scanner: Scanner, bare: Bare): void => {
  const before = /[\p{L}_][\p{L}\p{N}_.-]{0,199}\s+$/u.exec(
    scanner.text.slice(Math.max(0, bare.from - 220), bare.from),
  )?.[0];
  const after = /^\s+(?:'([^']*)'|"([^"]*)"|([\p{L}\p{N}_.-]+))/u.exec(
    scanner.text.slice(bare.to, bare.to + 220),
  );
  if (before === undefined || after === null) return;
  const value = after[1] ?? after[2] ?? after[3] ?? "";
  scanner.hint(
    bare.from - before.length,
    "these are looked for as words; a field is written with a colon",
    fieldTerm(before.trim(), bare.raw, value),
    bare.to + after[0].length,
  );
};

/** Hints at a field that is nearly a built-in one. */
export const hintField = (scanner: Scanner, from: number, name: string): void => {
  const plain = name.replaceAll("_", "").toLowerCase();
  const meant = builtInFields.find((field) => field.toLowerCase() === plain);
  if (meant !== undefined && meant !== name) {
    scanner.hint(from, `this is the attribute ${name}; the built-in field is ${meant}`, meant);
  }
  if (/^\d+$/.test(name)) {
    const raw = /^[^\s()"]*/.exec(scanner.text.slice(from))?.[0] ?? "";
    const to = from + raw.length;
    scanner.hint(from, "a colon makes a field of the text before it", quote(raw), to);
  }
};

const selector = /([\p{L}_][\p{L}\p{N}_.]*)\s*(=~|!~|!=|=)\s*"([^"]*)"/gu;

/** Takes `{app="x"}` of LogQL and says how it is written here; false when the text is no such thing. */
export const takeSelector = (scanner: Scanner): boolean => {
  const from = scanner.at;
  const close = scanner.text.indexOf("}", from);
  if (close < 0) return false;
  const terms = [...scanner.text.slice(from, close).matchAll(selector)].map(
    ([, name = "", operator = "", value = ""]) => {
      const minus = operator.startsWith("!") ? "-" : "";
      const meant = operator.endsWith("~")
        ? `/${value.replaceAll("/", "\\/")}/`
        : printValue(value);
      return `${minus}${printField(name)}:${meant}`;
    },
  );
  if (terms.length === 0) return false;
  scanner.at = close + 1;
  scanner.token("error", from);
  scanner.problem(from, "fields are written with a colon, without braces", terms.join(" "));
  return true;
};

/** Takes a sign of a pipe, as in `|= "x"` or `| json`, and says that there are none. */
export const takePipe = (scanner: Scanner): void => {
  const from = scanner.at;
  const sign = /^\|(?:\||=|~)?/.exec(scanner.text.slice(from, from + 2))?.[0] ?? "|";
  scanner.take("error", sign.length);
  if (sign === "||") scanner.problem(from, "the operator is OR", "OR");
  else if (sign === "|=") scanner.problem(from, "a text to look for stands alone", "");
  else scanner.problem(from, 'there are no pipes; to look for the sign, write "|"', "");
};
