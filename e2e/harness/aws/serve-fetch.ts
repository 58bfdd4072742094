import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Served extends AsyncDisposable {
  readonly url: string;
}

/** Serves a `fetch` over HTTP: an emulator in memory, or a proxy in front of one. */
export const serveFetch = async (
  answer: (url: string, init: RequestInit) => Promise<Response>,
): Promise<Served> => {
  const server = createServer(async (request, response) => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    const init = { method: "POST", headers: headers as [string, string][] }; // pairs, by `map`
    try {
      const body = await text(request);
      const result = await answer(request.url ?? "/", { ...init, body });
      response.writeHead(result.status, Object.fromEntries(result.headers));
      response.end(Buffer.from(await result.arrayBuffer()));
    } catch {
      request.socket.destroy();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
