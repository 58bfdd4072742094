import { parse, placeOf, print } from "@log-service/query";
import { type Unit, unitsOf } from "./units.ts";

/** A field and a value that a query can ask for, or exclude. */
export interface Term {
  /** As a query names it: `attributes.service` for an attribute that is named like a built-in field. */
  readonly field: string;
  readonly value: string | number | boolean;
  readonly isExcluded?: boolean;
}

/** How a query names an attribute. */
export const attributeField = (name: string): string => {
  const place = placeOf(name);
  return place.kind === "attribute" && place.name === name ? name : `attributes.${name}`;
};

/** A double beyond 2^53 needs all its digits, since the shortest text that leads to it names another number. */
const printScalar = (value: Term["value"]): string =>
  Number.isInteger(value) && Math.abs(Number(value)) < 1e21 ? `${BigInt(value)}` : `${value}`;

/** Writes a term as a query. */
export const printTerm = ({ field, value, isExcluded = false }: Term): string => {
  const equals = { op: "equals", field, value: printScalar(value) } as const;
  return print(isExcluded ? { op: "not", filter: equals } : equals);
};

const printMeaning = (q: string): string => print(parse(q).filter);

/** Says of a condition at the top level whether it is this term; none of several alternatives is. */
const isTermIn = (q: string, term: Term): ((unit: Unit) => boolean) => {
  if (parse(q).problems.length > 0 || unitsOf(q).isChoice) return () => false;
  const meant = printMeaning(printTerm(term));
  return ({ filter }) => print(filter) === meant;
};

/** Writes each condition at the top level anew, or leaves it out; what joined them stays. */
const rewrite = (q: string, textOf: (unit: Unit) => string | undefined): string => {
  const { units } = unitsOf(q);
  let text = "";
  let end = 0;
  for (const unit of units) {
    const written = textOf(unit);
    const joint = q.slice(end, unit.from) || " ";
    end = unit.to;
    if (written !== undefined) text += (text && joint) + written;
  }
  return text;
};

const opposite = (term: Term): Term => ({ ...term, isExcluded: !term.isExcluded });

/** Whether an entry has to meet the term, as it is written at the top level of the query. */
export const hasTerm = (q: string, term: Term): boolean => unitsOf(q).units.some(isTermIn(q, term));

/** The query without a term. */
export const withoutTerm = (q: string, term: Term): string => {
  if (!hasTerm(q, term)) return q;
  const isTerm = isTermIn(q, term);
  return rewrite(q, (unit) => (isTerm(unit) ? undefined : q.slice(unit.from, unit.to)));
};

/** Without the white space around it. A backslash at its end would escape what is put behind it. */
const toJoin = (q: string): string => {
  const text = rewrite(q, ({ from, to }) => q.slice(from, to));
  return /(?<!\\)(?:\\\\)*\\$/.test(text) ? `${text}\\` : text;
};

/**
 * The query and another one, which both have to be met. What has been written stays as it was. A query with problems gets
 * it in front, since an open quote would swallow it.
 */
export const withCondition = (q: string, condition: string): string => {
  const { filter, problems } = parse(q);
  if (problems.length > 0) return `${condition} ${q}`;
  if (filter.op === "all") return condition;
  return `${unitsOf(q).isChoice ? `(${toJoin(q)})` : toJoin(q)} ${condition}`;
};

/** The query with one more condition, in the place of its opposite where that is written. */
export const withTerm = (q: string, term: Term): string => {
  const printed = printTerm(term);
  const excluding = opposite(term);
  if (hasTerm(q, term)) return withoutTerm(q, excluding);
  if (!hasTerm(q, excluding)) return withCondition(q, printed);
  const isOpposite = isTermIn(q, excluding);
  const [first] = unitsOf(q).units.filter(isOpposite);
  return rewrite(q, (unit) => {
    if (!isOpposite(unit)) return q.slice(unit.from, unit.to);
    return unit.from === first?.from ? printed : undefined;
  });
};

/** The query without its last condition: less is asked for, so more is found. */
export const lastTermRemoved = (q: string): string => {
  const { units, isChoice } = unitsOf(q);
  if (isChoice || parse(q).problems.length > 0) return "";
  const last = units.at(-1);
  return rewrite(q, ({ from, to }) => (from === last?.from ? undefined : q.slice(from, to)));
};
