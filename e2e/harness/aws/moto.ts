import { freePort } from "./free-port.ts";
import { startProgram } from "./program.ts";

/** AWS's control planes, as far as moto knows them. What it holds is gone when it ends. */
export interface Moto extends AsyncDisposable {
  readonly endpoint: string;
  /** Asks a REST API of it, as in `get("lambda", "/2015-03-31/functions")`. */
  get(service: string, path: string): Promise<unknown>;
}

export const region = "eu-west-1";

export const startMoto = async (): Promise<Moto> => {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const program = await startProgram("moto_server", ["-H", "127.0.0.1", "-p", String(port)], {
    probe: () => fetch(`${endpoint}/moto-api/`),
  });
  return {
    endpoint,
    get: async (service, path) => {
      // moto finds the service and the Region in the signature's scope, and checks nothing else of it.
      const scope = `test/20261122/${region}/${service}/aws4_request`;
      const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
      const response = await fetch(`${endpoint}${path}`, { headers: { authorization } });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
};
