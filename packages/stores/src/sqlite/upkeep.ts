import { type CallOptions, type ChunkStore, LogServiceError } from "@log-service/core";
import type { Maintenance } from "./maintenance.ts";

interface UpkeepDeps {
  readonly maintenance: Maintenance;
  readonly begin: (options: CallOptions | undefined) => void;
  /** Tells that something was written. */
  readonly onWrite: () => void;
  readonly translate: (error: unknown, options: CallOptions | undefined) => unknown;
}

/** What is done to a store that is not asked by a sender or a reader. */
export const createUpkeep = ({
  maintenance,
  begin,
  onWrite,
  translate,
}: UpkeepDeps): Pick<
  ChunkStore,
  "tenants" | "replace" | "rewrite" | "expire" | "reclaim" | "purge"
> => {
  const run = async <T>(options: CallOptions | undefined, step: () => Promise<T>): Promise<T> => {
    begin(options);
    onWrite();
    try {
      return await step();
    } catch (error) {
      throw translate(error, options);
    }
  };
  return {
    tenants: async function* (range, options) {
      begin(options);
      try {
        for await (const one of maintenance.tenants(range)) {
          yield one;
          begin(options);
        }
      } catch (error) {
        throw translate(error, options);
      }
    },
    replace: (replacement, options) => run(options, () => maintenance.replace(replacement)),
    rewrite: async (_, options) => {
      begin(options);
      throw new LogServiceError("INTERNAL", "the store sqlite replaces chunks, and rewrites none");
    },
    expire: (times, options) => run(options, () => maintenance.expire(times)),
    reclaim: (options) => run(options, () => maintenance.reclaim()),
    purge: (request, options) =>
      run(options, () => maintenance.purge(request, () => begin(options))),
  };
};
