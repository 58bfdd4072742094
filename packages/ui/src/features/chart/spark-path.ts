/** A line through values, broken where there are none. It uses all of the height. */
export const sparkPath = (
  values: readonly (number | null)[],
  { width, height }: { readonly width: number; readonly height: number },
  isFromZero: boolean,
): string => {
  const known = values.filter((value) => value !== null);
  const min = Math.min(...known, ...(isFromZero ? [0] : []));
  const span = Math.max(...known) - min || 1;
  const step = width / Math.max(values.length - 1, 1);
  return values
    .map((value, place) => {
      if (value === null) return "";
      const y = height - 1 - ((value - min) / span) * (height - 2);
      const move = (values[place - 1] ?? null) === null ? "M" : "L";
      return `${move}${(place * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
};
