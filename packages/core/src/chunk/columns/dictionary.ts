export interface Dictionary {
  readonly values: readonly string[];
  readonly codes: Float64Array;
}

/** Of so many values at the front, so many may be different. */
const sampleCount = 64;
const sampleDistinctMax = 56;

/** The share of different values up to which a dictionary and codes are smaller than the values. */
const distinctShareMax = 0.6;

/** Numbers the distinct strings in order of appearance; undefined when they do not repeat enough to be worth it. */
export const buildDictionary = (values: readonly string[]): Dictionary | undefined => {
  const known = new Map<string, number>();
  const codes = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    let code = known.get(value);
    if (code === undefined) {
      code = known.size;
      known.set(value, code);
    }
    codes[i] = code;
    if (i === sampleCount && known.size > sampleDistinctMax) return undefined;
  }
  if (known.size > values.length * distinctShareMax) return undefined;
  return { values: [...known.keys()], codes };
};
