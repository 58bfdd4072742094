export interface Portion {
  readonly count: number;
  /** How many entries there are altogether. */
  readonly total: number;
}

/** How the entries of a pattern differ between a range and another one, before it. */
export type Change = "new" | "gone" | "grown" | "shrunk" | "same";

/** A share that differs by less than this factor is called the same. */
const factorMin = 1.5;

/** So many standard deviations are no accident. */
const deviationsMin = 3;

/** By how many standard deviations two shares differ. */
const deviationsOf = (now: Portion, before: Portion): number => {
  const share = (now.count + before.count) / (now.total + before.total);
  const variance = share * (1 - share) * (1 / now.total + 1 / before.total);
  const difference = now.count / now.total - before.count / before.total;
  return variance === 0 ? 0 : difference / Math.sqrt(variance);
};

/** Compares shares, since ranges need not be equally long, nor equally busy. */
export const changeOf = (now: Portion, before: Portion): Change => {
  if (before.count === 0) return "new";
  if (now.count === 0) return "gone";
  const factor = (now.count * before.total) / (before.count * now.total);
  const deviations = deviationsOf(now, before);
  if (factor >= factorMin && deviations >= deviationsMin) return "grown";
  return factor <= 1 / factorMin && deviations <= -deviationsMin ? "shrunk" : "same";
};
