import { generateKeyPairSync, sign } from "node:crypto";
import { createAccess, createApiKey, createQuotas } from "@log-service/api/access";
import { createTokenVerifier } from "@log-service/api/access/oidc";
import { cpuMicroseconds } from "../harness/cpu-cost.ts";
import type { Figure } from "../harness/figure.ts";
import type { Scenario } from "../harness/scenario.ts";

/** What a single post may take of the processor at 12,000 a second, and the share of it that knowing the sender may. */
const postMicroseconds = 1e6 / 12_000;
const shareMax = 0.05;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** An issuer without a line between: its keys, and a token of it. */
const createIssuer = () => {
  const issuer = "https://id.example";
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256" };
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const claims = { iss: issuer, aud: "logs", sub: "a", tenant: "game-1", scope: "logs:write", exp };
  const text = `${encode({ alg: "RS256", kid: "one" })}.${encode(claims)}`;
  const token = `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
  const config = {
    issuer,
    audience: "logs",
    jwksUrl: `${issuer}/keys`,
    tenantClaim: "tenant",
    scopeClaim: "scope",
    algorithms: ["RS256"],
    clockToleranceS: 30,
  } as const;
  const fetch = async () => Response.json({ keys: [jwk] });
  return { token, config, fetch };
};

/** What it costs to know who sends: the processor time of one request. */
export const authentication: Scenario = {
  name: "authentication",
  run: async ({ scale }) => {
    const now = Date.now;
    const rate = { requestsPerSecond: 1e9 };
    const { text, record } = createApiKey({
      tenant: "game-1",
      scopes: ["ingest"],
      createdAt: 0,
      rate,
    });
    const { token, config, fetch } = createIssuer();
    const tokens = createTokenVerifier({ config, fetch, now, onFailure: console.error });
    const keys = { find: async () => record, isEmpty: async () => false };
    const access = createAccess({ keys, tokens, now, isOpenWithoutKeys: false });
    const quotas = createQuotas({
      limits: {},
      budget: undefined,
      now,
      uptimeMs: () => performance.now(),
    });
    const rounds = scale.isQuick ? 3 : 20;
    const measure = async (name: string, credential: string): Promise<Figure> => {
      const headers = new Headers({ authorization: `Bearer ${credential}` });
      const value = await cpuMicroseconds(20_000, rounds, async () => {
        quotas.takeRequest(await access.authenticate(headers));
      });
      const must = { atMost: postMicroseconds * shareMax };
      return { name: `know and count a sender by ${name}`, value, unit: "µs", digits: 2, must };
    };
    return [await measure("API key", text), await measure("a token that is known", token)];
  },
};
