import type { TokenVerifier } from "../access/access.ts";
import type { OidcConfig } from "../access/oidc/config.ts";
import type { Log } from "../log.ts";

/** Takes the tokens of an issuer where one is set; what checks them is loaded only then. */
export const createTokens = (
  config: OidcConfig | undefined,
  log: Log,
): TokenVerifier | undefined => {
  if (config === undefined) return undefined;
  const onFailure = (error: unknown) =>
    log.error("the keys of the tokens' issuer cannot be fetched", { issuer: config.issuer, error });
  const loading = import("../access/oidc/index.ts").then(({ createTokenVerifier }) =>
    createTokenVerifier({ config, fetch, now: Date.now, onFailure }),
  );
  return { verify: async (token) => (await loading).verify(token) };
};
