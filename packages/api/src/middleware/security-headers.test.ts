import type { LogService } from "@log-service/core/service";
import { expect, it } from "vitest";
import { requestTo, routeCases } from "../test/access-cases.ts";
import { describeOnHosts } from "../test/hosts.ts";
import { createTestApp } from "../test/test-app.ts";
import { securityHeaders } from "./security-headers.ts";

const logId = "019ab5c2-7d3e-7c01-9f00-6b1e5a000003";

const among = (headers: Headers): Record<string, string | null> =>
  Object.fromEntries(Object.keys(securityHeaders).map((name) => [name, headers.get(name)]));

describeOnHosts("the headers that protect a browser", (host) => {
  it.each(routeCases)("are on each answer of %s", async (_, route) => {
    const { path, init } = requestTo(route, { logId });
    const { headers, body } = await host.fetch(path, init);
    expect(among(headers)).toEqual(securityHeaders);
    await body?.cancel();
  });

  it.each<[string, string, RequestInit]>([
    ["of a path that is none", "/nothing", {}],
    ["of a method that is none", "/logs", { method: "DELETE" }],
    ["that refuses", "/logs?limit=0", {}],
    ["to a page of another site", "/logs", { headers: { origin: "https://evil.example" } }],
    ["to a preflight", "/logs", { method: "OPTIONS", headers: { origin: "http://localhost" } }],
    ["to HEAD", "/logs", { method: "HEAD" }],
    ["of a stream", "/logs/tail", { headers: { accept: "text/event-stream" } }],
  ])("are on an answer %s", async (_, path, init) => {
    const { headers, body } = await host.fetch(path, init);
    expect(among(headers)).toEqual(securityHeaders);
    await body?.cancel();
  });

  it("are on the answer to a failure that nobody expected", async () => {
    const fail = () => {
      throw new TypeError("unexpected");
    };
    // Nothing else of it is asked for.
    await host.use({ deps: { service: { search: fail } as unknown as LogService } });
    const response = await host.fetch("/logs");
    expect([response.status, among(response.headers)]).toEqual([500, securityHeaders]);
  });
});

it("a HEAD leaves nothing open behind it", async () => {
  let isOpen = false;
  async function* lines() {
    isOpen = true;
    try {
      yield "one\n";
      yield "two\n";
    } finally {
      isOpen = false;
    }
  }
  // Nothing else of it is asked for.
  const { app } = createTestApp({ deps: { service: { export: lines } as unknown as LogService } });
  const get = await app.fetch(new Request("http://localhost/logs/export"));
  expect(isOpen).toBe(true);
  expect(await get.text()).toBe("one\ntwo\n");
  const head = await app.fetch(new Request("http://localhost/logs/export", { method: "HEAD" }));
  expect([head.status, await head.text(), isOpen]).toEqual([200, "", false]);
});
