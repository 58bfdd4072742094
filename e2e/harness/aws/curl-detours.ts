import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createServer } from "node:tls";
import { promisify } from "node:util";

export interface CurlDetours extends AsyncDisposable {
  /** Curl with this in its environment takes the detours. */
  readonly env: { readonly CURL_HOME: string };
}

const createCertificate = async (folder: string) => {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const request =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost";
  await promisify(execFile)("openssl", [...request.split(" "), "-keyout", key, "-out", cert]);
  return { key: await readFile(key), cert: await readFile(cert) };
};

/**
 * Lets curl find addresses of AWS on this machine: TLS ends here, and what comes out of it goes to the server that stands for
 * the address. `detours` leads from `https://x.lambda-url.eu-west-1.on.aws/` to `http://127.0.0.1:1234`.
 */
export const startCurlDetours = async (
  detours: ReadonlyMap<string, string>,
): Promise<CurlDetours> => {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "log-service-curl-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const certificate = await createCertificate(folder);
  const lines = ["insecure"];
  for (const [from, to] of detours) {
    const { hostname, port } = new URL(to);
    const server = createServer(certificate, (socket) => {
      // Either side may go away at any time: the other one goes with it.
      pipeline(socket, connect(Number(port), hostname), socket).catch(() => undefined);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    stack.defer(() => void server.close());
    const own = server.address() as AddressInfo; // it listens on TCP
    lines.push(`connect-to = "${new URL(from).hostname}:443:127.0.0.1:${own.port}"`);
  }
  await writeFile(join(folder, ".curlrc"), `${lines.join("\n")}\n`);
  const moved = stack.move();
  return { env: { CURL_HOME: folder }, [Symbol.asyncDispose]: () => moved.disposeAsync() };
};
