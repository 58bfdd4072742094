export interface Dictionary {
  readonly values: readonly string[];
  readonly codes: Float64Array;
}

/** After so many values it shows whether they repeat. */
const sampleCount = 64;

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
    if (i === sampleCount && known.size > sampleCount / 2) return undefined;
  }
  return known.size * 2 > values.length ? undefined : { values: [...known.keys()], codes };
};
