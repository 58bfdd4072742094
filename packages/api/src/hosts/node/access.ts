import { join } from "node:path";
import { createDayBudget, type Usage } from "@log-service/core/service";
import { type Access, createAccess } from "../../access/access.ts";
import { openKeyFile } from "../../access/key-file.ts";
import { createLastUsed } from "../../access/last-used.ts";
import { createQuotas, type Quotas } from "../../access/quotas.ts";
import type { Log } from "../../log.ts";
import type { Config } from "../config.ts";
import { createTokens } from "../tokens.ts";
import { fail } from "./fail.ts";
import { isLoopback } from "./listen.ts";

interface NodeAccessDeps {
  readonly config: Config;
  readonly folder: string;
  readonly log: Log;
}

export interface NodeAccess extends AsyncDisposable {
  readonly access: Access;
  createQuotas(usage: Pick<Usage, "read">): Quotas;
}

/**
 * Who may come in: whoever has a key of the folder's file, or a token of the issuer; on loopback everyone, until there
 * is either. Ends the process where nobody could be told from anybody.
 */
export const openNodeAccess = async (deps: NodeAccessDeps): Promise<NodeAccess> => {
  const { config, folder, log } = deps;
  const now = Date.now;
  const keys = openKeyFile(join(folder, "keys.json"), now);
  const tokens = createTokens(config.oidc, log);
  const isOpenWithoutKeys = isLoopback(config.host);
  // Asked on loopback too: where the keys cannot be read, every request would fail.
  const isEmpty = await keys.isEmpty().catch(fail);
  if (!isOpenWithoutKeys && tokens === undefined && isEmpty)
    fail(
      `without an API key the server listens on loopback only, and the address is ${config.host}`,
      `create one first: npm run keys -- create --data ${config.dataFolder} --tenant default --scope ingest,read`,
    );
  const lastUsed = createLastUsed({
    path: join(folder, "keys-used.json"),
    now,
    onFailure: (error) => log.warn("when keys were last used could not be written", { error }),
  });
  const onUse = lastUsed.note;
  return {
    access: createAccess({ keys, tokens, now, isOpenWithoutKeys, onUse }),
    createQuotas: (usage) =>
      createQuotas({
        limits: config.limits,
        budget: createDayBudget({ usage, now }),
        now,
        uptimeMs: () => performance.now(),
      }),
    [Symbol.asyncDispose]: () => lastUsed[Symbol.asyncDispose](),
  };
};
