import { once } from "node:events";
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import type { Served } from "./serve-fetch.ts";

export interface RefusingProxy extends Served {
  /** Refuses calls like `POST /2021-10-31/functions/x/url` that match, as IAM does; undefined lets all through. */
  refuse(calls: RegExp | undefined): void;
  /** What it refused. */
  readonly refused: readonly string[];
}

/** Passes calls of AWS's control planes on, but for those that it is told to refuse. */
export const startRefusingProxy = async (endpoint: string): Promise<RefusingProxy> => {
  const { hostname, port } = new URL(endpoint);
  let pattern: RegExp | undefined;
  const refused: string[] = [];
  const server = createServer((request, response) => {
    const target = request.headers["x-amz-target"];
    const call = `${request.method} ${request.url}${target ? ` ${target}` : ""}`;
    if (pattern?.test(call)) {
      refused.push(call);
      request.resume();
      response.writeHead(403, { "x-amzn-errortype": "AccessDeniedException" });
      response.end('{"__type":"AccessDeniedException","Message":"not authorized to perform this"}');
      return;
    }
    const { method, url, headers } = request;
    const passedOn = send({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passedOn.on("error", () => response.destroy());
    request.pipe(passedOn);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: ownPort } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${ownPort}`,
    refused,
    refuse: (calls) => {
      pattern = calls;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
