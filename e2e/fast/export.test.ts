import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { StoredChunk } from "@log-service/core";
import { createMemoryStore } from "@log-service/stores/memory";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createAppServer } from "../../packages/api/src/hosts/node/listen.ts";
import { createTestApp } from "../../packages/api/src/test/test-app.ts";

const batches = 64;
const batchEntries = 150;

interface Served extends AsyncDisposable {
  readonly url: string;
  readonly counts: { reads: number; scansEnded: number };
  readonly logged: readonly string[];
  failWith(error: Error): void;
}

/** The app on a Node server, over a store that counts which chunks are read, with about 20 MB in it. */
const serve = async (): Promise<Served> => {
  const inner = createMemoryStore();
  const counts = { reads: 0, scansEnded: 0 };
  let fault: Error | undefined;
  const counted = (chunk: StoredChunk): StoredChunk => ({
    ...chunk,
    bytes: async (options) => {
      counts.reads++;
      if (counts.reads > batches / 2 && fault) throw fault;
      return await chunk.bytes(options);
    },
  });
  const store = {
    ...inner,
    async *scan(...request: Parameters<typeof inner.scan>) {
      try {
        for await (const slice of inner.scan(...request)) yield slice.map(counted);
      } finally {
        counts.scansEnded++;
      }
    },
  };
  const { app, logged } = createTestApp({ store });
  for (let batch = 0; batch < batches; batch++) {
    const lines = Array.from({ length: batchEntries }, (_, index) =>
      JSON.stringify({
        severity: "info",
        message: `${"a long line ".repeat(170)} ${index} of ${batch}`,
        timestamp: batch * 60_000 + index,
      }),
    );
    const headers = { "content-type": "application/x-ndjson" };
    const init = { method: "POST", headers, body: lines.join("\n") };
    const response = await app.fetch(new Request("http://localhost/logs", init));
    expect(response.status).toBe(201);
  }
  const server = createAppServer(app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    counts,
    logged,
    failWith: (error: Error) => {
      fault = error;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

let server: Served;

beforeAll(async () => {
  server = await serve();
});

afterAll(() => server[Symbol.asyncDispose]());

beforeEach(() => {
  Object.assign(server.counts, { reads: 0, scansEnded: 0 });
});

/** Begins an export, and takes nothing of its body. */
const beginExport = async (url: string): Promise<IncomingMessage> => {
  const [response] = await once(get(`${url}/logs/export`), "response");
  response.pause();
  return response;
};

/** Waits until no more chunks are read, whatever else the server is asked meanwhile. */
const untilQuiet = async (url: string, counts: { readonly reads: number }): Promise<void> => {
  for (let quiet = 0, reads = -1; quiet < 30; quiet++) {
    await (await fetch(`${url}/health`)).text();
    if (counts.reads !== reads) quiet = 0;
    reads = counts.reads;
  }
};

it("an export waits for a reader that stops reading, and then goes on to the end", async () => {
  const { url, counts } = server;
  const response = await beginExport(url);
  await untilQuiet(url, counts);
  expect(counts.reads).toBeGreaterThan(0);
  expect(counts.reads).toBeLessThan(batches);
  expect(counts.scansEnded).toBe(0);
  let lines = 0;
  for await (const part of response) lines += part.toString("latin1").split("\n").length - 1;
  expect(lines).toBe(batches * batchEntries);
  expect(counts.scansEnded).toBe(1);
});

it("an export ends when its reader leaves", async () => {
  const { url, counts } = server;
  const response = await beginExport(url);
  response.destroy();
  await untilQuiet(url, counts);
  expect(counts.scansEnded).toBe(1);
  expect(counts.reads).toBeLessThan(batches);
});

it("an export that fails midway is cut off, and never looks complete", async () => {
  server.failWith(new Error("the disk is gone"));
  const response = await fetch(`${server.url}/logs/export`);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
  expect(server.logged.join("\n")).toContain("an answer was cut off");
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});
