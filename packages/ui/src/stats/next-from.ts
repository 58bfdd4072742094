import type { StatsAnswer } from "@log-service/sdk";

/** Where the next answer has to begin; undefined where all is counted, or where the last one came no further. */
export const nextFrom = ({ complete, scannedTo, from }: StatsAnswer): number | undefined =>
  !complete && scannedTo !== undefined && scannedTo > from ? scannedTo : undefined;
