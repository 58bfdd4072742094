import { Sketch, type SketchData } from "./sketch.ts";

export type NumericMeasure = "sum" | "min" | "max" | "avg" | "p50" | "p95" | "p99";

/** What is counted or computed of the entries of one group and interval. */
export type Measure =
  | { readonly name: "count" }
  | { readonly name: NumericMeasure; readonly field: string };

const quantiles: Readonly<Partial<Record<NumericMeasure, number>>> = {
  p50: 0.5,
  p95: 0.95,
  p99: 0.99,
};

/** Which of the measured fields need a sketch. */
export const needsSketch = (measures: readonly Measure[], field: string): boolean =>
  measures.some((one) => one.name !== "count" && one.field === field && one.name in quantiles);

/** What is known of the numbers of one field. */
interface Numbers {
  count: number;
  sum: number;
  min: number;
  max: number;
  readonly sketch: Sketch | undefined;
}

/** The entries of one group and interval. */
export interface Cell {
  count: number;
  /** By the place of the field among those that are measured. */
  readonly numbers: readonly Numbers[];
}

export interface MeasuredField {
  readonly name: string;
  readonly hasSketch: boolean;
}

export const createCell = (fields: readonly MeasuredField[]): Cell => ({
  count: 0,
  numbers: fields.map(({ hasSketch }) => ({
    count: 0,
    sum: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    sketch: hasSketch ? new Sketch() : undefined,
  })),
});

export const addNumber = (numbers: Numbers, value: number): void => {
  numbers.count++;
  numbers.sum += value;
  if (value < numbers.min) numbers.min = value;
  if (value > numbers.max) numbers.max = value;
  numbers.sketch?.add(value);
};

/** A cell as data that can go to another thread. */
export interface CellData {
  readonly count: number;
  readonly numbers: readonly (Omit<Numbers, "sketch"> & {
    readonly sketch: SketchData | undefined;
  })[];
}

export const dataOfCell = ({ count, numbers }: Cell): CellData => ({
  count,
  numbers: numbers.map(({ sketch, ...rest }) => ({ ...rest, sketch: sketch?.data })),
});

/** Adds what another cell has. */
export const addCell = (cell: Cell, other: CellData): void => {
  cell.count += other.count;
  for (const [index, numbers] of cell.numbers.entries()) {
    const more = other.numbers[index];
    if (more === undefined) continue;
    numbers.count += more.count;
    numbers.sum += more.sum;
    numbers.min = Math.min(numbers.min, more.min);
    numbers.max = Math.max(numbers.max, more.max);
    if (more.sketch !== undefined) numbers.sketch?.addAll(more.sketch);
  }
};

/** The value of a measure; null where no entry has a number. */
export const measureOf = (
  { count, numbers }: Cell,
  measure: Measure,
  fields: readonly MeasuredField[],
): number | null => {
  if (measure.name === "count") return count;
  const found = numbers[fields.findIndex(({ name }) => name === measure.field)];
  if (found === undefined || found.count === 0) return null;
  if (measure.name === "avg") return found.sum / found.count;
  if (measure.name === "sum" || measure.name === "min" || measure.name === "max")
    return found[measure.name];
  const value = found.sketch?.quantile(quantiles[measure.name] ?? 0) ?? null;
  return value === null ? null : Math.min(found.max, Math.max(found.min, value));
};
