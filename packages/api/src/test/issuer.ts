import { createServer, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { listenHere } from "./listen-here.ts";

/** A key of an issuer, and what it signs with it. */
export interface IssuerKey {
  readonly publicJwk: JWK;
  /** Takes any claims: also those that no honest issuer makes. */
  sign(
    claims: Readonly<Record<string, unknown>>,
    header?: Record<string, unknown>,
  ): Promise<string>;
}

export const createIssuerKey = async (kid: string, alg = "ES256"): Promise<IssuerKey> => {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return {
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" },
    sign: (claims, header = {}) =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  };
};

/** An issuer on this machine, over real HTTP. */
export interface TestIssuer extends AsyncDisposable {
  readonly url: string;
  /** What its set of keys holds now. */
  keys: readonly JWK[];
  /** Answers in place of the documents; undefined answers as usual. */
  answer: ((path: string, response: ServerResponse) => void) | undefined;
  /** The paths that were asked for. */
  readonly asked: string[];
}

const keysPath = "/keys";

export const startIssuer = async (): Promise<TestIssuer> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    if (issuer.answer) return issuer.answer(path, response);
    const discovery = { issuer: issuer.url, jwks_uri: `${issuer.url}${keysPath}` };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(path === keysPath ? { keys: issuer.keys } : discovery));
  });
  const listening = await listenHere(server);
  const issuer: TestIssuer = { ...listening, keys: [], answer: undefined, asked };
  return issuer;
};
