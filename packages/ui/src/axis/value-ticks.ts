/**
 * Round values from zero up to a top that is at or above the largest value: two or three steps. Counts have no steps
 * below one.
 */
export const valueTicks = (max: number, stepMin = 0): readonly number[] => {
  if (!(max > 0)) return [0];
  const rough = Math.max(max / 3, stepMin);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((one) => one * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(max / step) + 1 }, (_, place) => place * step);
};
