/** The value below which `share` of the samples lie, by the nearest rank. Throws on no samples. */
export const quantile = (samples: Iterable<number>, share: number): number => {
  const sorted = Float64Array.from(samples).sort();
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new RangeError("there are no samples");
  return value;
};

export const median = (samples: Iterable<number>): number => quantile(samples, 0.5);
