/**
 * The parsed form of a query: what an entry has to meet. Plain JSON, so that it can go to a worker thread as it is;
 * its canonical text is `print(filter)`. A field is named as in a query: a built-in one (`service`), or an attribute
 * (`player_id`; `attributes.service` for an attribute that is named like a built-in field).
 */
export type Filter =
  | { readonly op: "all" }
  | { readonly op: "and"; readonly filters: readonly Filter[] }
  | { readonly op: "or"; readonly filters: readonly Filter[] }
  | { readonly op: "not"; readonly filter: Filter }
  /** The message contains the text: ASCII letters without case, everything else exactly. */
  | { readonly op: "contains"; readonly text: string }
  /** The field holds exactly this string; an entry without the field does not match. */
  | { readonly op: "equals"; readonly field: string; readonly value: string }
  | { readonly op: "exists"; readonly field: string }
  /** The whole value is the parts in this order, with any text between two of them. At least two parts. */
  | { readonly op: "wildcard"; readonly field: string; readonly parts: readonly string[] }
  /** The expression, in the syntax of RE2, matches somewhere in the value. */
  | { readonly op: "regex"; readonly field: string; readonly pattern: string }
  /** Numbers only; times are milliseconds since 1970. */
  | {
      readonly op: "compare";
      readonly field: string;
      readonly operator: Comparison;
      readonly value: number;
    }
  /** A number from `from` to `to`, both included; null leaves that end open. */
  | {
      readonly op: "range";
      readonly field: string;
      readonly from: number | null;
      readonly to: number | null;
    };

export type Comparison = ">" | ">=" | "<" | "<=";

/** The filter of one operator, as in `FilterOf<"range">`. */
export type FilterOf<Op extends Filter["op"]> = Extract<Filter, { readonly op: Op }>;

export const all: Filter = { op: "all" };

/** The filter that no entry meets. */
export const nothing: Filter = { op: "not", filter: all };

/**
 * Brings a filter into the form that the parser makes: `and` and `or` hold at least two filters and none of their
 * own kind, a `not` holds no `not`, and `all` stands alone or in a `not`.
 */
export const normalize = (filter: Filter): Filter => {
  if (filter.op === "not") {
    const inner = normalize(filter.filter);
    return inner.op === "not" ? inner.filter : { op: "not", filter: inner };
  }
  if (filter.op === "and") return joinAnd(filter.filters.map(normalize));
  if (filter.op === "or") return joinOr(filter.filters.map(normalize));
  return filter;
};

/** Joins filters in normal form by "and"; of none, everything is met. */
export const joinAnd = (filters: readonly Filter[]): Filter => {
  const flat = filters.flatMap((filter) => (filter.op === "and" ? filter.filters : [filter]));
  const kept = flat.filter((filter) => filter.op !== "all");
  return kept.length > 1 ? { op: "and", filters: kept } : (kept[0] ?? all);
};

/** Joins filters in normal form by "or"; of none, nothing is met. */
export const joinOr = (filters: readonly Filter[]): Filter => {
  const flat = filters.flatMap((filter) => (filter.op === "or" ? filter.filters : [filter]));
  if (flat.some((filter) => filter.op === "all")) return all;
  return flat.length > 1 ? { op: "or", filters: flat } : (flat[0] ?? nothing);
};
