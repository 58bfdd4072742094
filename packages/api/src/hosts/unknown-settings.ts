import { suggest } from "@log-service/contract";
import type { Log } from "../log.ts";

const prefix = "LOG_SERVICE_";

/** What Kubernetes sets in every pod of a namespace with a Service called log-service. */
const ofKubernetes = /^LOG_SERVICE_(?:SERVICE|PORT)_/;

/**
 * Warns of variables that are named like settings and are none. They stop no start: what else runs on the machine may
 * have set them.
 */
export const warnOfUnknown = (
  env: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
  log: Pick<Log, "warn">,
): void => {
  const bare = known.map((name) => name.replace(prefix, ""));
  for (const name of Object.keys(env)) {
    if (!name.startsWith(prefix) || known.includes(name) || ofKubernetes.test(name)) continue;
    const meant = suggest(name.slice(prefix.length), bare);
    const didYouMean = meant === undefined ? {} : { didYouMean: prefix + meant };
    log.warn("an environment variable is no setting of this server", { name, ...didYouMean });
  }
};
