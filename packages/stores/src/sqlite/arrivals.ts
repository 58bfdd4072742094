import { arrivalsPerBlock, type MetaDatabase } from "./meta-database.ts";

/** Numbers chunks in the order of arrival, over all files and restarts; each number is above `floor`. */
export const createArrivals = (meta: Pick<MetaDatabase, "takeArrivals">) => {
  let next = 0;
  let end = 0;
  return (floor: number): number => {
    next = Math.max(next, floor + 1);
    if (next >= end) {
      next = meta.takeArrivals(floor);
      end = next + arrivalsPerBlock;
    }
    next += 1;
    return next - 1;
  };
};
