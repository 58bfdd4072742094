import type { Random } from "./random.ts";

/**
 * Draws ranks 1..`count` with a probability proportional to `rank ** -exponent`, without a table, by rejection-
 * inversion (Hörmann and Derflinger, "Rejection-inversion to generate variates from monotone discrete
 * distributions", 1996). `exponent` is above 0 and not 1.
 */
export const createZipf = (random: Random, count: number, exponent: number): (() => number) => {
  const power = 1 - exponent;
  const integral = (x: number): number => x ** power / power;
  const inverse = (area: number): number => (area * power) ** (1 / power);
  const density = (x: number): number => x ** -exponent;
  const top = integral(1.5) - 1;
  const bottom = integral(count + 0.5);
  const acceptedBelow = 2 - inverse(integral(2.5) - density(2));
  return () => {
    for (;;) {
      const area = bottom + random.fraction() * (top - bottom);
      const x = inverse(area);
      const rank = Math.min(Math.max(Math.round(x), 1), count);
      if (rank - x <= acceptedBelow || area >= integral(rank + 0.5) - density(rank)) return rank;
    }
  };
};
