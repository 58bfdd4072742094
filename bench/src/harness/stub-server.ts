import { createServer, type IncomingMessage } from "node:http";
import { parseArgs } from "node:util";

/**
 * The least that the harness needs of a server, in memory, to test the harness without the real one. It takes the
 * real one's flags and counts, in `GET /seen`, how often each producer's `seq` has arrived.
 */
const { values } = parseArgs({
  options: { port: { type: "string" }, host: { type: "string" }, data: { type: "string" } },
});

const seen: Record<string, number> = {};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

const ingest = async (request: IncomingMessage): Promise<[number, string]> => {
  const lines = (await bodyOf(request)).split("\n").filter((line) => line !== "");
  for (const line of lines) {
    const { producer, seq, severity } = JSON.parse(line);
    if (severity === "fatal") return [400, '{"code":"SEVERITY_INVALID"}'];
    const key = `${producer}/${seq}`;
    seen[key] = (seen[key] ?? 0) + 1;
  }
  return [201, JSON.stringify({ accepted: lines.length, rejectedCount: 0, rejected: [] })];
};

const answer = async (request: IncomingMessage): Promise<[number, string]> => {
  if (request.method === "POST") return await ingest(request);
  if (request.url === "/seen") return [200, JSON.stringify(seen)];
  return [200, "{}"];
};

createServer(async (request, response) => {
  const [status, body] = await answer(request);
  response.writeHead(status, { "content-type": "application/json" }).end(body);
}).listen(Number(values.port), values.host);
