import { limits } from "@log-service/core";

/** Beyond every timestamp that can be stored, and still a safe integer. */
const farFuture = 2 ** 48;

interface RangeQuery {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** The range that a query string names; everything where it names none. */
export const rangeOf = ({ from, to }: RangeQuery) => ({ from: from ?? 0, to: to ?? farFuture });

/** The same, ending where entries end at the latest: for answers that tell the range. */
export const boundedRangeOf = ({ from = 0, to }: RangeQuery, now: number) => ({
  from,
  to: to ?? Math.max(now + limits.timestampAheadMs.value, from) + 1,
});
