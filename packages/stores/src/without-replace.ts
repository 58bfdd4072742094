import { type CallOptions, type ChunkStore, LogServiceError } from "@log-service/core";

/** The part of the port that is left where chunks are not merged, and the store deletes them by itself. */
export const createWithoutReplace = (
  name: string,
  begin: (options: CallOptions | undefined) => void,
): Pick<ChunkStore, "tenants" | "replace" | "expire" | "reclaim"> => {
  const refuse = (): never => {
    throw new LogServiceError("INTERNAL", `the store ${name} cannot replace chunks`);
  };
  return {
    // biome-ignore lint/correctness/useYield: it has nothing to yield.
    tenants: async function* (_, options) {
      begin(options);
      refuse();
    },
    replace: async (_, options) => {
      begin(options);
      return refuse();
    },
    expire: async (_, options) => {
      begin(options);
      return 0;
    },
    reclaim: async (options) => {
      begin(options);
      return false;
    },
  };
};
