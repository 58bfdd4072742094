import { createServer } from "node:http";
import { parseArgs } from "node:util";

/**
 * The least that answers a post: `node:http`, which reads the body, parses it and stores nothing. What this machine can do at
 * the moment, to compare with.
 */
const { values } = parseArgs({
  options: { port: { type: "string" }, host: { type: "string" }, data: { type: "string" } },
});

const answer = Buffer.from(
  '{"logId":"019ab5c2-7d3e-7c01-9f00-6b1e5a000003","timestamp":"2026-11-22T09:00:00.123Z"}',
);

createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    const isPost = request.method === "POST";
    if (isPost) JSON.parse(Buffer.concat(pieces).toString());
    const headers = { "content-type": "application/json", "content-length": answer.length };
    response.writeHead(isPost ? 201 : 200, headers).end(answer);
  });
}).listen(Number(values.port), values.host);
