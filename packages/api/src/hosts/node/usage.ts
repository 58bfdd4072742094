import { createUsage, type Usage } from "@log-service/core/service";
import { openSqliteUsage } from "@log-service/stores/sqlite";
import type { Log } from "../../log.ts";
import { openOrEnd } from "./fail.ts";

/** How much of what was counted a crash may lose. */
const flushEveryMs = 1000;

interface NodeUsageDeps {
  /** A folder that a store has opened. */
  readonly folder: string;
  readonly log: Log;
  readonly now: () => number;
}

/** Counts usage for as long as the process runs; what is counted when it is disposed of is written. */
export const openNodeUsage = ({ folder, log, now }: NodeUsageDeps): Usage & AsyncDisposable => {
  const store = openOrEnd(() => openSqliteUsage({ folder, log }));
  const usage = createUsage({ store, now });
  const flush = () =>
    usage.flush().catch((error: unknown) => log.error("usage could not be written", { error }));
  const timer = setInterval(flush, flushEveryMs).unref();
  return {
    ...usage,
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await flush();
      store[Symbol.dispose]();
    },
  };
};
