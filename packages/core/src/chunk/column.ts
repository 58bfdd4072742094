import type { StringsView } from "./columns/strings.ts";

interface ColumnBase {
  /** One of `fieldCodes`. */
  readonly field: number;
  /** The attribute's name; empty for other fields. */
  readonly name: string;
  /** How many entries have a value of this field and type. */
  readonly count: number;
}

export interface StringColumn extends ColumnBase {
  readonly type: "string";
  read(): StringsView;
}

export interface NumberColumn extends ColumnBase {
  readonly type: "number";
  read(): Float64Array;
}

export interface BooleanColumn extends ColumnBase {
  readonly type: "boolean";
  /** 1 is true. */
  read(): Float64Array;
}

/** A column whose place is known; `read` decodes it, the first time it is called. */
export type Column = StringColumn | NumberColumn | BooleanColumn;
