import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { limits } from "@log-service/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { securityHeaders } from "../../middleware/security-headers.ts";
import { createTestApp } from "../../test/test-app.ts";
import { createAppServer } from "./listen.ts";
import { requestLimits } from "./request-limits.ts";

let server: ReturnType<typeof createAppServer>;
let port: number;

beforeEach(async () => {
  server = createAppServer(createTestApp().app, { connectionsMax: 3 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo); // it listens on TCP
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const open = async (): Promise<Socket> => {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
};

/** Says something raw, and resolves with all that came back until the server closed the connection. */
const say = async (head: string): Promise<string> => {
  const socket = await open();
  socket.write(head);
  return text(socket);
};

const get = (target: string, headers: readonly string[] = []) =>
  say(
    [`GET ${target} HTTP/1.1`, "host: localhost", "connection: close", ...headers, "", ""].join(
      "\r\n",
    ),
  );

const statusIn = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

describe("a request", () => {
  it("may have a query of the longest text, in any script", async () => {
    const q = encodeURIComponent("字".repeat(limits.queryLength.value));
    expect(q.length).toBeGreaterThan(36_000);
    expect(statusIn(await get(`/logs?q=${q}`))).toBe(200);
  });

  it("is refused with 431 when its head is larger than the limit", async () => {
    const { value } = requestLimits.headBytes;
    expect(statusIn(await get("/health", [`x-long: ${"x".repeat(value - 200)}`]))).toBe(200);
    expect(statusIn(await get("/health", [`x-long: ${"x".repeat(value)}`]))).toBe(431);
    expect(statusIn(await get(`/health?${"x".repeat(value)}`))).toBe(431);
  });

  it("is refused with 431 when it has more headers than the limit", async () => {
    const { value } = requestLimits.headers;
    const headers = (count: number) => Array.from({ length: count }, (_, index) => `x-${index}: 1`);
    // Two are there already.
    expect(statusIn(await get("/health", headers(value - 2)))).toBe(200);
    const refused = await get("/health", headers(value - 1));
    expect(statusIn(refused)).toBe(431);
    for (const [name, text] of Object.entries(securityHeaders))
      expect(refused).toContain(`${name}: ${text}`);
  });

  it.each([
    ["a path without a slash", "GET logs HTTP/1.1\r\nhost: localhost\r\n\r\n"],
    ["a host that is none", "GET /logs HTTP/1.1\r\nhost: a b\r\n\r\n"],
    ["a host with a path", "GET /logs HTTP/1.1\r\nhost: localhost/evil\r\n\r\n"],
    ["an address that is none", "GET http://:99999/ HTTP/1.1\r\nhost: localhost\r\n\r\n"],
    ["no host", "GET /logs HTTP/1.1\r\n\r\n"],
    ["a line end in its path", "GET /lo\rgs HTTP/1.1\r\nhost: localhost\r\n\r\n"],
    ["a zero byte in a header", "GET /logs HTTP/1.1\r\nhost: localhost\r\nx-a: \0\r\n\r\n"],
  ])("with %s is refused with 400, and nothing of it comes back", async (_, head) => {
    const answer = await say(head);
    expect(statusIn(answer)).toBe(400);
    expect(answer).not.toMatch(/evil|stack|Error:/i);
  });
});

describe("connections", () => {
  it("beyond the most are closed without an answer, and there is room again when others go", async () => {
    const held = [await open(), await open(), await open()];
    expect(await say("GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n")).toBe("");
    held[0]?.destroy();
    await expect.poll(async () => statusIn(await get("/health").catch(() => ""))).toBe(200);
    for (const socket of held) socket.destroy();
  });

  it("are closed when they are idle, between requests and while nobody takes the answer", () => {
    expect(server).toMatchObject({
      headersTimeout: requestLimits.headSeconds.value * 1000,
      keepAliveTimeout: requestLimits.keepAliveSeconds.value * 1000,
      timeout: requestLimits.idleSeconds.value * 1000,
    });
  });
});
