/** A limit on a figure: speeds have a floor, times and sizes a ceiling. */
export type Bound = { readonly atLeast: number } | { readonly atMost: number };

/** One number that a scenario measured. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Decimals to print. */
  readonly digits: number;
  readonly must?: Bound;
  readonly aim?: Bound;
}

const holds = (value: number, bound: Bound): boolean =>
  "atLeast" in bound ? value >= bound.atLeast : value <= bound.atMost;

export type Verdict = "missed" | "must held" | "aim reached" | "";

/** How a figure stands to its limits; empty when it has none. */
export const verdictOf = ({ value, must, aim }: Figure): Verdict => {
  if (must && !holds(value, must)) return "missed";
  if (aim && holds(value, aim)) return "aim reached";
  return must ? "must held" : "";
};

const group = (value: number, digits: number): string =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const printValue = ({ value, unit, digits }: Figure): string =>
  `${group(value, digits)}${unit && ` ${unit}`}`;

export const printBound = (bound: Bound | undefined): string => {
  if (bound === undefined) return "";
  return "atLeast" in bound
    ? `>= ${bound.atLeast.toLocaleString("en-US")}`
    : `<= ${bound.atMost.toLocaleString("en-US")}`;
};
