import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTestApp } from "../test/test-app.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";

const origins = fc.oneof(
  fc.webUrl().map((url) => new URL(url).origin),
  fc.webAuthority({ withPort: true, withUserInfo: true }).map((one) => `http://${one}`),
  fc.constantFrom("http://localhost", "https://127.0.0.1:8443", "http://[::1]:5173", "null", "*"),
  fc.constantFrom("http://localhost.evil.example", "http://localhost:80@evil.example", "file://"),
  fc.string(),
);

const isOfThisMachine = (origin: string): boolean =>
  ["localhost", "127.0.0.1", "[::1]"].includes(URL.parse(origin)?.hostname ?? "");

describe("the CORS headers", () => {
  it("name an origin only when it is this machine's, and then tell caches so", () => {
    fc.assert(
      fc.property(fc.option(origins), (origin) => {
        const headers = corsHeaders(origin, true);
        const named = headers["access-control-allow-origin"];
        expect(headers.vary).toBe("Origin");
        expect(named === undefined || (named === origin && isOfThisMachine(named))).toBe(true);
      }),
    );
  });

  it("with keys are the same for everyone", () => {
    fc.assert(
      fc.property(fc.option(origins), (origin) => {
        expect(corsHeaders(origin, false)).toMatchObject({ "access-control-allow-origin": "*" });
      }),
    );
  });

  it("never allow credentials, nor what a browser sends by itself", () => {
    fc.assert(
      fc.property(fc.option(origins), fc.boolean(), (origin, isOpen) => {
        const headers = { ...corsHeaders(origin, isOpen), ...preflightHeaders };
        expect(Object.keys(headers)).not.toContain("access-control-allow-credentials");
        expect(headers["access-control-allow-headers"]).not.toMatch(/\*|cookie/i);
      }),
    );
  });
});

it("a preflight answers any page alike but for the origin, and asks nothing of the store", async () => {
  const { app } = createTestApp();
  const ask = (path: string, headers: Record<string, string>) =>
    app.fetch(new Request(`http://localhost${path}`, { method: "OPTIONS", headers }));
  const wish = { "access-control-request-method": "POST" };
  for (const path of ["/logs", "/logs/stats", "/nothing", "/metrics"]) {
    const own = await ask(path, { ...wish, origin: "http://localhost:5173" });
    expect([own.status, await own.text()]).toEqual([204, ""]);
    expect(own.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
    const foreign = await ask(path, { ...wish, origin: "https://evil.example" });
    expect([foreign.status, await foreign.text()]).toEqual([204, ""]);
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  }
});
