import { lengthMs, presets, type TimeWindow } from "../../view/time-range.ts";

/** The next lengths that are clearly longer than the range: what may help where nothing was found in it. */
export const widerLengths = ({ from, to }: TimeWindow): readonly string[] =>
  presets.filter((length) => (lengthMs(length) ?? 0) >= 2 * (to - from)).slice(0, 3);
