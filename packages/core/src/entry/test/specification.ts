/**
 * What an entry is, said in the plainest way and without any of the code of the fast path. Limits on sizes are not
 * said here: they are the tables' work.
 */

export const now = Date.UTC(2026, 10, 22, 9);
export const oldest = now - 30 * 86_400_000;
/** A number as it stands in the text. */
class Literal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Member = readonly [name: string, value: unknown];

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/** Numbers become literals, objects become lists of members. */
const parseLiterally = (text: string): unknown => {
  const reviver: Reviver = (_, value, { source }) => {
    if (typeof value === "number") return new Literal(source ?? "");
    if (typeof value !== "object" || value === null) return value;
    return Array.isArray(value) ? value : new Map(Object.entries(value));
  };
  // The type library does not know the third parameter yet.
  return JSON.parse(text, reviver as Parameters<typeof JSON.parse>[1]);
};

const fraction = (text: string): bigint => {
  const [, sign, digits = "", behind = "", power = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const value = BigInt(digits + behind) * 10n ** BigInt(1500 + Number(power) - behind.length);
  return sign === "-" ? -value : value;
};

const keptNumber = ({ text }: Literal): number | string => {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  const isInteger = /^-?\d+$/.test(text);
  if (isInteger && Math.abs(value) > 2 ** 53) return text;
  const prints = isInteger ? [String(value)] : [String(value), value.toPrecision(17)];
  return prints.some((print) => fraction(print) === fraction(text)) ? value : text;
};

const textOf = (value: unknown): string => {
  if (value instanceof Literal) {
    const kept = keptNumber(value);
    return Object.is(kept, -0) ? "-0" : String(kept);
  }
  if (Array.isArray(value)) return `[${value.map(textOf).join(",")}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, inner]) => `${JSON.stringify(key)}:${textOf(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value);
};

const depthOf = (value: unknown): number => {
  if (!Array.isArray(value) && !(value instanceof Map)) return 0;
  return 1 + Math.max(0, ...[...value.values()].map(depthOf));
};

/** Each leaf with its dotted name; an object beyond the depth is a leaf, and so is an array. */
const flatten = (prefix: string, name: string, value: unknown, depth: number): Leaf[] =>
  value instanceof Map && depth <= 6
    ? [...value].flatMap(([key, inner]) => flatten(prefix, `${name}.${key}`, inner, depth + 1))
    : [{ prefix, name, value, isTooDeep: depth - 1 + depthOf(value) > 6 }];

export const fieldNames = [
  "timestamp",
  "severity",
  "message",
  "service",
  "level",
  "traceId",
  "spanId",
];

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** NaN unless it is a whole number: of one that is kept as digits, only that it is far away is told. */
const wholeNumber = (literal: Literal): number => {
  const value = Number(literal.text);
  const isKept = typeof keptNumber(literal) === "number" || Math.abs(value) >= 2 ** 53;
  return isKept && Number.isInteger(value) ? value : Number.NaN;
};

const specifyTime = (value: unknown): number | string => {
  if (isAbsent(value)) return now;
  let time = Number.NaN;
  if (value instanceof Literal) time = wholeNumber(value);
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(value)) {
    time = Date.parse(value);
  }
  if (Number.isNaN(time) || time < 0) return "timestamp TIMESTAMP_INVALID";
  if (time < oldest) return "timestamp TIMESTAMP_TOO_OLD";
  return time > now + 600_000 ? "timestamp TIMESTAMP_TOO_FAR_AHEAD" : time;
};

const fieldProblems = (fields: Map<string, unknown>): string[] => {
  const problems: string[] = [];
  const time = specifyTime(fields.get("timestamp"));
  if (typeof time === "string") problems.push(time);
  const severity = fields.get("severity");
  if (isAbsent(severity)) problems.push("severity FIELD_REQUIRED");
  else if (!["info", "warning", "error"].includes(severity as string))
    problems.push("severity SEVERITY_INVALID");
  const message = fields.get("message");
  if (isAbsent(message)) problems.push("message FIELD_REQUIRED");
  else if (typeof message !== "string") problems.push("message FIELD_TYPE_INVALID");
  else if (message === "") problems.push("message MESSAGE_EMPTY");
  for (const name of ["service", "level", "traceId", "spanId"]) {
    const value = fields.get(name);
    if (isAbsent(value)) continue;
    if (typeof value !== "string") problems.push(`${name} FIELD_TYPE_INVALID`);
    else if (value.length > 200) problems.push(`${name} FIELD_TOO_LONG`);
  }
  const attributes = fields.get("attributes");
  if (!isAbsent(attributes) && !(attributes instanceof Map))
    problems.push("attributes FIELD_TYPE_INVALID");
  return problems;
};

export interface Verdict {
  readonly problems: readonly string[];
  readonly fields?: Record<string, unknown>;
  readonly attributes?: ReadonlyMap<string, unknown>;
}

interface Leaf {
  readonly prefix: string;
  readonly name: string;
  readonly value: unknown;
  readonly isTooDeep: boolean;
}

/** What could become an attribute, in the order in which the last wins. */
const leavesOf = (fields: Map<string, unknown>): Leaf[] => {
  const nested = fields.get("attributes");
  const sources: [prefix: string, members: Iterable<Member>][] = [
    ["", [...fields].filter(([name]) => !fieldNames.includes(name) && name !== "attributes")],
    ["attributes.", nested instanceof Map ? nested : []],
  ];
  return sources.flatMap(([prefix, members]) =>
    [...members].flatMap(([name, value]) => flatten(prefix, name, value, 1)),
  );
};

const cut = (path: string): string => (path.length > 200 ? `${path.slice(0, 200)}...` : path);

const leafProblem = ({ prefix, name, isTooDeep }: Leaf): string[] => {
  if (isTooDeep) return [`${cut(prefix + name)} ATTRIBUTES_TOO_DEEP`];
  return name.length > 200 ? [`${cut(prefix + name)} ATTRIBUTE_NAME_TOO_LONG`] : [];
};

const keptValue = (value: unknown): unknown => {
  if (value instanceof Literal) return keptNumber(value);
  return Array.isArray(value) ? textOf(value) : value;
};

export const specify = (text: string): Verdict => {
  let value: unknown;
  try {
    value = parseLiterally(text);
  } catch {
    return { problems: [" ENTRY_NOT_JSON"] };
  }
  if (!(value instanceof Map)) return { problems: [" ENTRY_NOT_OBJECT"] };
  const fields: Map<string, unknown> = value;
  const leaves = leavesOf(fields).filter((leaf) => leaf.value !== null);
  const problems = [...fieldProblems(fields), ...leaves.flatMap(leafProblem)];
  if (problems.length > 0) return { problems: problems.toSorted() };
  const texts = ["severity", "message", "service", "level", "traceId", "spanId"].map((name) => [
    name,
    fields.get(name) ?? undefined,
  ]);
  return {
    problems: [],
    fields: { timestamp: specifyTime(fields.get("timestamp")), ...Object.fromEntries(texts) },
    attributes: new Map(leaves.map((leaf) => [leaf.name, keptValue(leaf.value)])),
  };
};
