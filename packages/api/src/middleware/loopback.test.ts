import { isLogServiceError } from "@log-service/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createApiKey } from "../access/api-key.ts";
import { describeOnHosts, json } from "../test/hosts.ts";
import { createTestApp, noKeys } from "../test/test-app.ts";
import { assertFromThisMachine } from "./loopback.ts";

const verdictOf = (headers: Record<string, string>): string => {
  try {
    assertFromThisMachine(new Headers(headers));
    return "let in";
  } catch (error) {
    return isLogServiceError(error) ? error.code : String(error);
  }
};

const host = "localhost:3000";

describe("an open server lets in", () => {
  it.each<[string, Record<string, string>]>([
    ["a program", { host }],
    ["a program that names no host, as HTTP/1.0 may", {}],
    ["an address", { host: "127.0.0.1:3000" }],
    ["an address of version 6", { host: "[::1]:3000" }],
    ["a name in capitals", { host: "LOCALHOST:3000" }],
    ["a short address", { host: "127.1:3000" }],
    ["a long address of version 6", { host: "[0:0:0:0:0:0:0:1]:3000" }],
    ["its own page", { host, origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }],
    ["a page of another port", { host, origin: "http://localhost:5173" }],
    [
      "a page by another name",
      { host, origin: "http://127.0.0.1:80", "sec-fetch-site": "cross-site" },
    ],
    ["a page over TLS", { host, origin: "https://localhost:8443" }],
    ["what the user has typed", { host, "sec-fetch-site": "none" }],
    ["a page of this machine that asks for itself", { host, "sec-fetch-site": "same-site" }],
  ])("%s", (_, headers) => {
    expect(verdictOf(headers)).toBe("let in");
  });
});

describe("an open server keeps out", () => {
  it.each<[string, Record<string, string>]>([
    ["a name that leads here (DNS rebinding)", { host: "evil.example:3000" }],
    ["a name that begins like this machine's", { host: "localhost.evil.example" }],
    ["a name that ends like this machine's", { host: "evil-localhost" }],
    ["a name of a service that resolves to any address", { host: "127.0.0.1.nip.io:3000" }],
    ["another address", { host: "192.168.1.2:3000" }],
    ["the address of all addresses", { host: "0.0.0.0:3000" }],
    ["an address that embeds loopback", { host: "[::ffff:127.0.0.1]:3000" }],
    ["a user before the name", { host: "evil.example@localhost" }],
    ["a path behind the name", { host: "localhost/evil.example" }],
    ["no name", { host: "" }],
    ["a page of another site", { host, origin: "https://evil.example" }],
    ["a page whose site begins alike", { host, origin: "http://localhost.evil.example" }],
    ["a page whose site has this one as user", { host, origin: "http://localhost@evil.example" }],
    ["a page without an origin (a sandbox, a redirect)", { host, origin: "null" }],
    ["a page in a file", { host, origin: "file://" }],
    ["a page of an app", { host, origin: "capacitor://localhost" }],
    ["an origin that says more than an origin", { host, origin: "http://localhost/x" }],
    ["two origins", { host, origin: "http://localhost, http://evil.example" }],
    ["a picture or a form on a page of another site", { host, "sec-fetch-site": "cross-site" }],
    [
      "a page of another site that says it is this one's",
      { host, origin: "https://evil.example", "sec-fetch-site": "same-origin" },
    ],
    [
      "a rebound name, from its own page",
      { host: "evil.example", "sec-fetch-site": "same-origin" },
    ],
  ])("%s", (_, headers) => {
    expect(verdictOf(headers)).toBe("ORIGIN_FORBIDDEN");
  });

  it("every site that is not of this machine, however it is written", () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.constantFrom("host", "origin"), (url, header) => {
        const { host: authority, origin } = new URL(url);
        const value = header === "host" ? authority : origin;
        expect(verdictOf({ host, [header]: value })).toBe("ORIGIN_FORBIDDEN");
      }),
    );
  });
});

describeOnHosts("a page of another site", (testHost) => {
  it.each(["text/plain", "application/json", "application/x-www-form-urlencoded"])(
    "stores nothing by a form or a script that posts %s",
    async (type) => {
      for (const headers of [
        { origin: "https://evil.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
      ] as const) {
        const init = { method: "POST", body: '{"severity":"info","message":"planted"}' };
        const response = await testHost.fetch("/logs", {
          ...init,
          headers: { "content-type": type, ...headers },
        });
        expect(response.status).toBe(403);
      }
      expect(await json(testHost.fetch("/logs"))).toMatchObject({ count: 0 });
    },
  );
});

it("with keys, any site may ask, and comes no further without a key", async () => {
  const { record } = createApiKey({ tenant: "game-1", scopes: ["read"], createdAt: 0 });
  const keys = { ...noKeys, find: async () => record, isEmpty: async () => false };
  const { app } = createTestApp({ keys });
  const headers = { host: "logs.example", origin: "https://dashboard.example" };
  const response = await app.fetch(new Request("http://localhost/logs", { headers }));
  expect(await response.json()).toMatchObject({ code: "KEY_REQUIRED" });
});
