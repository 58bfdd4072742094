import { builtInFields, placeOf } from "@log-service/query";
import { createDistinct, type Distinct, type DistinctData } from "../aggregate/distinct.ts";
import { keyOf, visitValues } from "../aggregate/field-values.ts";
import type { Column } from "../chunk/column.ts";
import { fieldCodes } from "../chunk/layout.ts";
import type { ChunkData } from "../evaluate/chunk-data.ts";
import type { EntrySet } from "../evaluate/entry-set.ts";
import type { Tally } from "./tally.ts";
import type { FieldsTask } from "./task.ts";

export type ValueType = Column["type"];

/** So many different names are counted; a sender that puts ids into names makes more. */
const namesMax = 10_000;

/** So many different values of a field are counted exactly: with thousands of fields it adds up. */
const exactMax = 128;

interface Counts<D> {
  /** Entries by field and by the type of the value. */
  readonly types: Map<string, Map<ValueType, number>>;
  /** Different values by field, where they are counted. */
  readonly distinct: Map<string, D>;
}

/** The name of a column as a query writes it: `attributes.` where the bare name would lead elsewhere. */
const nameOf = ({ field, name }: Column): string => {
  if (field !== fieldCodes.attribute) {
    const found = Object.entries(fieldCodes).find(([, code]) => code === field);
    return found?.[0] ?? "";
  }
  const isPlain = !(builtInFields as readonly string[]).includes(name);
  return isPlain && !name.startsWith("attributes.") ? name : `attributes.${name}`;
};

const createCounter = () => {
  const counts: Counts<Distinct> = { types: new Map(), distinct: new Map() };
  return {
    counts,
    add: (name: string, type: ValueType, count: number): void => {
      if (count === 0) return;
      const types = counts.types.get(name) ?? new Map<ValueType, number>();
      if (types.size === 0 && counts.types.size >= namesMax) return;
      types.set(type, (types.get(type) ?? 0) + count);
      counts.types.set(name, types);
    },
    distinctOf: (name: string): Distinct | undefined => {
      if (!counts.types.has(name)) return undefined;
      const counted = counts.distinct.get(name) ?? createDistinct(exactMax);
      counts.distinct.set(name, counted);
      return counted;
    },
  };
};

type Counter = ReturnType<typeof createCounter>;

const addColumns = ({ add }: Counter, { reader }: ChunkData, matching: EntrySet): void => {
  add("severity", "string", matching.size);
  add("message", "string", matching.size);
  for (const column of reader.columns()) {
    const count = matching.isFull
      ? column.count
      : reader.rows(column).reduce((sum, row) => sum + (matching.has(row) ? 1 : 0), 0);
    add(nameOf(column), column.type, count);
  }
};

const addValues = ({ distinctOf }: Counter, chunk: ChunkData, matching: EntrySet): void => {
  for (const name of new Set(["severity", ...chunk.columns().map(nameOf)])) {
    const counted = distinctOf(name);
    if (counted) visitValues(chunk, placeOf(name), matching, (value) => counted.add(keyOf(value)));
  }
};

/** Counts which fields entries have. Where a whole chunk matches, its directory is all that is read of it. */
export const createFieldsTally = ({
  isDistinct,
}: Pick<FieldsTask, "isDistinct">): Tally<Counts<DistinctData>> & {
  readonly counts: Counts<Distinct>;
} => {
  let counter = createCounter();
  return {
    add: (chunk, matching) => {
      addColumns(counter, chunk, matching);
      if (isDistinct) addValues(counter, chunk, matching);
    },
    take: () => {
      const { types, distinct } = counter.counts;
      counter = createCounter();
      return { types, distinct: new Map(Array.from(distinct, ([name, { data }]) => [name, data])) };
    },
    merge: ({ types, distinct }) => {
      for (const [name, ofName] of types)
        for (const [type, count] of ofName) counter.add(name, type, count);
      for (const [name, data] of distinct) counter.distinctOf(name)?.addAll(data);
    },
    get counts() {
      return counter.counts;
    },
  };
};
