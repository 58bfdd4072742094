import { placeOf } from "@log-service/query";
import { createDistinct, type Distinct, type DistinctData } from "../aggregate/distinct.ts";
import { keyOf, visitValues } from "../aggregate/field-values.ts";
import type { AttributeValue } from "../entry/entry.ts";
import type { Tally } from "./tally.ts";
import type { ValuesTask } from "./task.ts";

/** So many different values are counted; those that appear later are among the others. */
const valuesMax = 200_000;

interface Counted {
  readonly value: AttributeValue;
  count: number;
}

interface Values<D> {
  /** By `keyOf` the value. */
  readonly counts: Map<string, Counted>;
  otherCount: number;
  /** Of all values, once there are too many to count each. */
  many: D | undefined;
}

const createValues = (): Values<Distinct> => ({
  counts: new Map(),
  otherCount: 0,
  many: undefined,
});

/** Counts different values from now on, beginning with those that are known. */
const countMany = (values: Values<Distinct>): Distinct => {
  if (values.many !== undefined) return values.many;
  const many = createDistinct(0);
  for (const known of values.counts.keys()) many.add(known);
  values.many = many;
  return many;
};

const addValue = (values: Values<Distinct>, value: AttributeValue, count: number): void => {
  const { counts } = values;
  const key = keyOf(value);
  const known = counts.get(key);
  if (known !== undefined) known.count += count;
  else if (counts.size < valuesMax) counts.set(key, { value, count });
  else {
    values.otherCount += count;
    countMany(values).add(key);
  }
};

/** Counts the values of one field. */
export const createValuesTally = ({
  name,
}: Pick<ValuesTask, "name">): Tally<Values<DistinctData>> & {
  readonly values: Values<Distinct>;
} => {
  const place = placeOf(name);
  let values = createValues();
  return {
    add: (chunk, matching) =>
      visitValues(chunk, place, matching, (value, count) => addValue(values, value, count)),
    take: () => {
      const { counts, otherCount, many } = values;
      values = createValues();
      return { counts, otherCount, many: many?.data };
    },
    merge: ({ counts, otherCount, many }) => {
      for (const { value, count } of counts.values()) addValue(values, value, count);
      values.otherCount += otherCount;
      if (many) countMany(values).addAll(many);
    },
    get values() {
      return values;
    },
  };
};
