import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { createDataFolder } from "../harness/data-folder.ts";
import { readAll } from "../harness/read-all.ts";
import { installedSenders } from "../harness/senders.ts";
import { startServer } from "../harness/server.ts";

type Answer = (response: ServerResponse, stored: string) => void;

/** What befalls the first tries: no answer, half of one although the batch was stored, a busy server. */
const answers: readonly Answer[] = [
  (response) => response.destroy(),
  (response, stored) => {
    response.writeHead(201, { "content-length": stored.length });
    response.write(stored.slice(0, 5), () => response.destroy());
  },
  (response) => response.writeHead(503, { "retry-after": "1" }).end("busy"),
  (response, stored) => response.writeHead(201, { "content-type": "application/json" }).end(stored),
];

/** Stands in front of the server, passes every batch on to it, and spoils the answers. */
const startSpoiler = async (url: string) => {
  const keys: unknown[] = [];
  const spoiler = createServer(async (request, response) => {
    const { "idempotency-key": key = "" } = request.headers;
    const headers = { "content-type": "application/x-ndjson", "idempotency-key": String(key) };
    const body = await text(request);
    const stored = await fetch(`${url}/logs`, { method: "POST", headers, body });
    answers[keys.push(key) - 1]?.(response, await stored.text());
  }).listen(0, "127.0.0.1");
  await once(spoiler, "listening");
  const { port } = spoiler.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    keys,
    [Symbol.asyncDispose]: async () => {
      spoiler.closeAllConnections();
      spoiler.close();
    },
  };
};

it.each(installedSenders)(
  "the sender in $language stores its batch once, whatever happens to the answers",
  async ({ program, path }) => {
    await using folder = await createDataFolder();
    await using server = await startServer({ dataFolder: folder.path });
    await using spoiler = await startSpoiler(server.url);
    const env = { ...process.env, LOG_URL: `${spoiler.url}/logs`, LOG_API_KEY: "" };
    const sender = spawn(program, [path], { env, stdio: ["ignore", "pipe", "ignore"] });
    const [printed, [code]] = await Promise.all([text(sender.stdout), once(sender, "exit")]);
    expect(JSON.parse(printed)).toEqual({ accepted: 2, rejectedCount: 0, rejected: [] });
    expect(code).toBe(0);
    expect(spoiler.keys).toHaveLength(answers.length);
    expect(new Set(spoiler.keys).size).toBe(1);
    expect(await readAll(server.url)).toHaveLength(2);
  },
);
