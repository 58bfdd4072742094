import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import type { FunctionUrlEvent } from "../../../packages/api/src/hosts/lambda/event.ts";
import { type FunctionAnswer, payloadBytesMax } from "./function-answer.ts";
import type { FunctionProcess } from "./function-process.ts";

export interface Cors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
}

export interface FunctionUrl extends AsyncDisposable {
  readonly url: string;
}

const isText = ({ headers }: IncomingMessage): boolean =>
  headers["content-encoding"] === undefined &&
  /^(text\/|application\/(json|javascript|xml)|$)/.test(headers["content-type"] ?? "");

const readBytes = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
};

/** The event that a Function URL makes of a request: payload format 2.0. */
const toEvent = (request: IncomingMessage, body: Buffer): FunctionUrlEvent => {
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  const method = request.method ?? "GET";
  const isBase64Encoded = body.length > 0 && !isText(request);
  return {
    version: "2.0",
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(headers),
    requestContext: {
      domainName: "abc.lambda-url.eu-west-1.on.aws",
      requestId: randomUUID(),
      http: { method, path: pathname },
    },
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? "base64" : "utf8") }),
    isBase64Encoded,
  };
};

/** The headers that the URL adds by its own setting; a function that adds them too would send them twice. */
const corsHeaders = (request: IncomingMessage, cors: Cors): [string, string][] => {
  const { origin } = request.headers;
  const isAllowed = cors.allowOrigins.includes("*") || cors.allowOrigins.includes(origin ?? "");
  if (origin === undefined || !isAllowed) return [];
  return [["access-control-allow-origin", cors.allowOrigins.includes("*") ? "*" : origin]];
};

const write = async (result: FunctionAnswer, response: ServerResponse): Promise<void> => {
  if (!("parts" in result) && Buffer.byteLength(JSON.stringify(result)) > payloadBytesMax)
    throw new Error("the answer is over 6 MB");
  for (const [name, value] of Object.entries(result.headers)) response.appendHeader(name, value);
  response.writeHead(result.statusCode);
  if ("parts" in result) await pipeline(result.parts, response);
  else response.end(Buffer.from(result.body, result.isBase64Encoded ? "base64" : "utf8"));
};

const answer = async (
  lambda: FunctionProcess,
  cors: Cors,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const own = corsHeaders(request, cors);
  for (const [name, value] of own) response.setHeader(name, value);
  if (request.method === "OPTIONS") {
    response.setHeader("access-control-allow-methods", cors.allowMethods.join(","));
    response.writeHead(200).end();
    return;
  }
  const event = toEvent(request, await readBytes(request));
  if (Buffer.byteLength(JSON.stringify(event)) > payloadBytesMax) {
    response.writeHead(413).end('{"Message":"Request must be smaller than 6291456 bytes"}');
    return;
  }
  await write(await lambda.invoke(event), response);
};

/** Serves a function as its URL does: HTTP in, an event, HTTP out, with the limits and the CORS setting of the platform. */
export const serveFunctionUrl = async (
  lambda: FunctionProcess,
  cors: Cors,
): Promise<FunctionUrl> => {
  const server = createServer((request, response) => {
    answer(lambda, cors, request, response).catch((error) => {
      // What the platform says when a function crashes; the reason is for whoever reads the test.
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end(`Internal Server Error (${error})`);
    });
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
