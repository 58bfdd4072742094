/** Gives out room for numbers that columns are decoded to, all 0. */
export type NumberSpace = (count: number) => Float64Array;

/** Gives out parts of larger arrays: an array of its own for each column costs more than decoding it. */
export const createNumberSpace = (perSlab: number): NumberSpace => {
  let slab = new Float64Array(0);
  let used = 0;
  return (count) => {
    if (used + count > slab.length) {
      slab = new Float64Array(Math.max(count, perSlab));
      used = 0;
    }
    used += count;
    return slab.subarray(used - count, used);
  };
};

/** Room that is used again for the next chunk: what a query reads of it must be done with by then. */
export interface SharedNumberSpace {
  readonly numbers: NumberSpace;
  /** Takes back everything that was given out. */
  reset(): void;
}

/** A chunk of the ingest path and a few columns of it fit. */
const initialNumbers = 1 << 14;

export const createSharedNumberSpace = (): SharedNumberSpace => {
  let space = new Float64Array(initialNumbers);
  let used = 0;
  return {
    numbers: (count) => {
      if (used + count > space.length) {
        // What was given out keeps the old array.
        space = new Float64Array(Math.max(2 * space.length, count));
        used = 0;
      }
      used += count;
      return space.subarray(used - count, used).fill(0);
    },
    reset: () => {
      used = 0;
    },
  };
};
