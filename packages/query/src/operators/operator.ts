import type { QueryableEntry } from "../entry.ts";
import type { Filter } from "../filter.ts";

/** Says whether an entry meets a filter. */
export type Predicate = (entry: QueryableEntry) => boolean;

/** What operators that hold filters are given to handle those. */
export type Print = (filter: Filter) => string;
export type Compile = (filter: Filter) => Predicate;

/** An entry of an example, as a sender writes it; severity is `info` and the message `-` where not given. */
export interface ExampleEntry {
  readonly [field: string]: unknown;
}

/** How an operator is explained. A test runs the examples, and the reference page is made of it. */
export interface OperatorDocs {
  readonly title: string;
  readonly syntax: readonly string[];
  readonly meaning: string;
  readonly examples: readonly {
    readonly query: string;
    readonly finds: readonly ExampleEntry[];
    readonly misses: readonly ExampleEntry[];
  }[];
}
