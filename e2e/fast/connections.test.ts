import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDataFolder, type DataFolder } from "../harness/data-folder.ts";
import { openConnection, postHead, type RawConnection } from "../harness/raw-connection.ts";
import { readAll } from "../harness/read-all.ts";
import { type ServerProcess, startServer } from "../harness/server.ts";

const ndjson = "application/x-ndjson";

const line = (message: string) => `${JSON.stringify({ severity: "info", message })}\n`;

const post = (url: string, message: string) =>
  fetch(`${url}/logs`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: line(message),
  });

const messages = async (url: string) => (await readAll(url)).map((one) => one.message);

/** Bodies in flight, as the server itself counts them. */
const bytesInFlight = async (url: string) => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^log_service_body_bytes_in_flight (\d+)/m.exec(text)?.[1]);
};

/** A server for the tests of a block. In the end nothing may be in its log: what went wrong was the sender's fault. */
const useServer = (env: Record<string, string> = {}): { readonly url: string } => {
  let folder: DataFolder;
  let server: ServerProcess;
  beforeAll(async () => {
    folder = await createDataFolder();
    server = await startServer({
      dataFolder: folder.path,
      env: { LOG_SERVICE_LOG_LEVEL: "warn", ...env },
    });
  });
  afterAll(async () => {
    expect(server.log()).toBe("");
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  return {
    get url() {
      return server.url;
    },
  };
};

/** What one of many connections says before it falls silent. */
const beginnings = [
  "",
  "P",
  "POST /logs HTTP/1.1\r\nhost: localhost\r\nx-a: ",
  postHead({ "content-type": ndjson, "content-length": 1000 }),
  `${postHead({ "content-type": ndjson, "transfer-encoding": "chunked" })}10\r\n{`,
];

/** Drips a body that never ends, until it is disposed of. */
const dripBody = (slow: RawConnection): Disposable => {
  slow.write(postHead({ "content-type": ndjson, "content-length": 100_000 }));
  const drip = setInterval(() => slow.write("{"), 50);
  return { [Symbol.dispose]: () => clearInterval(drip) };
};

describe("a connection that drips its body", () => {
  // A timeout that no machine is slow enough for, since the others must be answered while it drips.
  const server = useServer({ LOG_SERVICE_REQUEST_TIMEOUT_MS: "3600000" });

  it("hinders nobody", async () => {
    using slow = await openConnection(server.url);
    using _drip = dripBody(slow);
    await expect.poll(() => bytesInFlight(server.url)).toBeGreaterThan(0);
    const others = Array.from({ length: 20 }, (_, number) => post(server.url, `other ${number}`));
    const statuses = (await Promise.all(others)).map((response) => response.status);
    expect(slow.socket.closed).toBe(false);
    expect(new Set(statuses)).toEqual(new Set([201]));
  });
});

describe.concurrent("a connection that is slow", () => {
  // Long enough for what the other connections do meanwhile, on a busy machine.
  const server = useServer({ LOG_SERVICE_REQUEST_TIMEOUT_MS: "6000" });

  it("is cut by the timeout when it drips its body", async () => {
    using slow = await openConnection(server.url);
    using _drip = dripBody(slow);
    expect(await slow.closed()).toContain("HTTP/1.1 408");
    expect(await messages(server.url)).not.toContain("{");
  });

  it("is cut by the timeout when it never ends its head", async () => {
    using slow = await openConnection(server.url);
    slow.write("POST /logs HTTP/1.1\r\nhost: localhost\r\n");
    expect(await slow.closed()).toContain("HTTP/1.1 408");
  });

  it("hinders nobody when there are three hundred of it, and all are closed in their time", async ({
    expect,
  }) => {
    using silent = new DisposableStack();
    const open = async (index: number) => {
      const connection = silent.use(await openConnection(server.url));
      connection.write(beginnings[index % beginnings.length] ?? "");
      return connection;
    };
    const connections = await Promise.all(Array.from({ length: 300 }, (_, index) => open(index)));
    const posts = Array.from({ length: 20 }, (_, index) => post(server.url, `meanwhile ${index}`));
    expect(new Set((await Promise.all(posts)).map(({ status }) => status))).toEqual(new Set([201]));
    const answers = await Promise.all(connections.map((connection) => connection.closed()));
    // Who has said nothing may be closed without an answer.
    expect(answers.filter((answer) => !/^(HTTP\/1\.1 408 .*)?$/s.test(answer))).toEqual([]);
    await expect.poll(() => bytesInFlight(server.url)).toBe(0);
    const stored = await messages(server.url);
    expect(stored.filter((message) => message.startsWith("meanwhile"))).toHaveLength(20);
  });

  it("is cut by the timeout when it sends its head and nothing else", async () => {
    using slow = await openConnection(server.url);
    slow.write(postHead({ "content-type": ndjson, "content-length": 10 }));
    expect(await slow.closed()).toContain("HTTP/1.1 408");
  });
});

describe("a connection that misbehaves", () => {
  const server = useServer();

  it.each([
    ["plain", undefined],
    ["compressed", "gzip"],
  ])("stores nothing of a %s upload that is aborted", async (name, encoding) => {
    const whole = line(`aborted ${name}`).repeat(5000);
    const body = encoding ? gzipSync(whole, { level: 0 }) : Buffer.from(whole);
    using upload = await openConnection(server.url);
    const coding = encoding ? { "content-encoding": encoding } : {};
    upload.write(postHead({ "content-type": ndjson, "content-length": body.length, ...coding }));
    upload.write(body.subarray(0, body.length / 2));
    await expect.poll(() => bytesInFlight(server.url)).toBeGreaterThan(0);
    upload.socket.resetAndDestroy();
    await expect.poll(() => bytesInFlight(server.url)).toBe(0);
    expect(await messages(server.url)).not.toContain(`aborted ${name}`);
  });

  it("stores nothing of a chunked upload that ends in the middle", async () => {
    using upload = await openConnection(server.url);
    upload.write(postHead({ "content-type": ndjson, "transfer-encoding": "chunked" }));
    const part = line("half a chunked upload");
    upload.write(`${part.length.toString(16)}\r\n${part}\r\n`);
    await expect.poll(() => bytesInFlight(server.url)).toBeGreaterThan(0);
    upload.socket.end();
    await upload.closed();
    await expect.poll(() => bytesInFlight(server.url)).toBe(0);
    expect(await messages(server.url)).not.toContain("half a chunked upload");
  });

  it("gets an answer to each of the requests that it pipelines, in their order", async () => {
    using pipe = await openConnection(server.url);
    const request = (message: string) => {
      const body = line(message);
      return postHead({ "content-type": "application/json", "content-length": body.length }) + body;
    };
    const refused = postHead({ "content-type": "text/html", "content-length": 2 });
    pipe.write(`${request("piped 1")}${refused}xx${request("piped 2")}`);
    const text = await pipe.received(/(HTTP\/1\.1 .*){3}\r\n\r\n/s);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 201", "HTTP/1.1 415", "HTTP/1.1 201"]);
    expect(await messages(server.url)).toEqual(expect.arrayContaining(["piped 1", "piped 2"]));
  });

  it.each([
    ["headers that are too large", `x-large: ${"x".repeat(100_000)}\r\n\r\n`, 431],
    ["two lengths", "content-length: 5\r\ncontent-length: 6\r\n\r\n", 400],
    ["a length and chunks", "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n", 400],
    ["a header that is none", "no colon here\r\n\r\n", 400],
  ])("is refused for %s", async (_, headers, status) => {
    using connection = await openConnection(server.url);
    connection.write(`POST /logs HTTP/1.1\r\nhost: localhost\r\n${headers}`);
    expect(await connection.closed()).toContain(`HTTP/1.1 ${status}`);
  });

  it("is refused for what is not HTTP", async () => {
    using connection = await openConnection(server.url);
    connection.write("\x16\x03\x01\x02\x00hello tls\r\n\r\n");
    expect(await connection.closed()).toContain("HTTP/1.1 400");
  });
});

describe("SIGTERM in the middle of a request", () => {
  it("answers it, refuses new connections, and ends with 0; what was acknowledged is there", async () => {
    await using folder = await createDataFolder();
    await using server = await startServer({ dataFolder: folder.path });
    using upload = await openConnection(server.url);
    const body = line("in the middle of a shutdown");
    upload.write(postHead({ "content-type": "application/json", "content-length": body.length }));
    upload.write(body.slice(0, 10));
    await expect.poll(() => bytesInFlight(server.url)).toBe(10);
    const ended = once(server.child, "exit");
    server.child.kill("SIGTERM");
    await expect.poll(() => server.log()).toContain('"stopping"');
    await expect(openConnection(server.url)).rejects.toThrow("ECONNREFUSED");
    upload.write(body.slice(10));
    const answer = await upload.closed();
    expect(answer).toContain("HTTP/1.1 201");
    // Without it the server would wait for its clients to go.
    expect(answer.toLowerCase()).toContain("connection: close");
    expect(await ended).toEqual([0, null]);
    await using next = await startServer({ dataFolder: folder.path });
    expect(await messages(next.url)).toEqual(["in the middle of a shutdown"]);
  });

  it("ends with 0 in the time it is given when a sender never finishes", async () => {
    await using folder = await createDataFolder();
    const env = { LOG_SERVICE_SHUTDOWN_MS: "300" };
    await using server = await startServer({ dataFolder: folder.path, env });
    expect((await post(server.url, "acknowledged")).status).toBe(201);
    using upload = await openConnection(server.url);
    upload.write(postHead({ "content-type": ndjson, "content-length": 1000 }));
    upload.write(line("never finished"));
    await expect.poll(() => bytesInFlight(server.url)).toBeGreaterThan(0);
    const ended = once(server.child, "exit");
    server.child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    await using next = await startServer({ dataFolder: folder.path });
    expect(await messages(next.url)).toEqual(["acknowledged"]);
  });
});
