import { LogServiceError } from "@log-service/core";

/** Room for all bodies in flight in a process, in bytes. */
export interface BodyBudget {
  /** Throws BUSY when there is no room left. */
  take(bytes: number): void;
  giveBack(bytes: number): void;
  readonly bytesInFlight: number;
}

export const createBodyBudget = (bytesMax: number): BodyBudget => {
  let inFlight = 0;
  return {
    take: (bytes) => {
      if (inFlight + bytes > bytesMax)
        throw new LogServiceError(
          "BUSY",
          `bodies of ${inFlight} bytes are in flight; the limit is ${bytesMax}`,
          { retryAfterMs: 1000 },
        );
      inFlight += bytes;
    },
    giveBack: (bytes) => {
      inFlight -= bytes;
    },
    get bytesInFlight() {
      return inFlight;
    },
  };
};
