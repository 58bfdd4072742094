export const numericMeasures = ["sum", "min", "max", "avg", "p50", "p95", "p99"] as const;

/** What is counted or computed; a field is named as in a query. */
export type Measure =
  | { readonly name: "count" }
  | { readonly name: (typeof numericMeasures)[number]; readonly field: string };

/** Reads a measure of the address; what cannot be read counts. */
export const parseMeasure = (text: string): Measure => {
  const [, word, field] = /^(\w+)\(([^()]+)\)$/.exec(text) ?? [];
  const name = numericMeasures.find((one) => one === word);
  return name === undefined || field === undefined ? { name: "count" } : { name, field };
};

/** Reads several measures, separated by commas. */
export const parseMeasures = (text: string): readonly Measure[] =>
  text.split(/,(?![^(]*\))/).map(parseMeasure);

export const printMeasure = (measure: Measure): string =>
  measure.name === "count" ? "count" : `${measure.name}(${measure.field})`;

/** Whether the values of parts add up to that of the whole, so that parts can be stacked. */
export const isAdditive = ({ name }: Measure): boolean => name === "count" || name === "sum";
