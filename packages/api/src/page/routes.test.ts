import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { appRoutes } from "../app.ts";
import { createAppOf } from "../app-of.ts";
import { securityHeaders } from "../middleware/security-headers.ts";
import { describeOnHosts } from "../test/hosts.ts";
import { createTestApp } from "../test/test-app.ts";
import type { Page, PageFile } from "./page.ts";
import { createPageRoutes, shareRoot } from "./routes.ts";

const fileOf = (contentType: string, text: string): PageFile => ({
  contentType,
  hash: `hash-of-${text.length}`,
  bytes: {
    identity: Buffer.from(text),
    br: brotliCompressSync(text),
    gzip: gzipSync(text),
  },
});

const script = `console.log("${"a page of logs ".repeat(20)}");`;

const page: Page = {
  find: (path) =>
    new Map([
      ["index.html", fileOf("text/html; charset=utf-8", "<!doctype html><title>Logs</title>")],
      ["assets/index-1a2b.js", fileOf("text/javascript; charset=utf-8", script)],
    ]).get(path),
};

describeOnHosts("the page", (host) => {
  it("is at /, with any view behind it", async () => {
    await host.use({ page });
    for (const path of ["/", "/?q=severity%3Aerror&last=15m", "/?utm=1"]) {
      const response = await host.fetch(path);
      expect([response.status, response.headers.get("content-type")]).toEqual([
        200,
        "text/html; charset=utf-8",
      ]);
      expect(await response.text()).toContain("<title>Logs</title>");
    }
  });

  it("may run and load only what was built with it, and ask only where it came from", async () => {
    await host.use({ page });
    const { headers } = await host.fetch("/");
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    for (const name of ["referrer-policy", "x-content-type-options"] as const)
      expect(headers.get(name)).toBe(securityHeaders[name]);
  });

  it("is asked for each time, and sent again only when it has changed", async () => {
    await host.use({ page });
    const first = await host.fetch("/");
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const tag = first.headers.get("etag") ?? "";
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const again = await host.fetch("/", { headers: { "if-none-match": known } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
      expect(again.headers.get("etag")).toBe(tag);
    }
    const other = await host.fetch("/", { headers: { "if-none-match": '"other"' } });
    expect(other.status).toBe(200);
  });

  it("has assets that are kept for ever", async () => {
    await host.use({ page });
    const response = await host.fetch("/assets/index-1a2b.js");
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.text()).toBe(script);
  });

  it("answers HEAD like GET without the body", async () => {
    await host.use({ page });
    const response = await host.fetch("/", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });

  it.each([
    "/assets/none.js",
    "/assets/..%2Findex.html",
    "/assets/%2e%2e%2f%2e%2e%2fpackage.json",
    "/assets/",
    "/assets/a/b.js",
    "/index.html",
    "/favicon.ico",
    "/assets/__proto__",
  ])("has nothing at %s", async (path) => {
    await host.use({ page });
    const response = await host.fetch(path, { headers: { accept: "text/html" } });
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "ROUTE_NOT_FOUND" });
  });

  it("says how to build it where it is not built", async () => {
    await host.use({ page: { find: () => undefined } });
    const response = await host.fetch("/");
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      detail: expect.stringContaining("npm run build:page"),
    });
  });

  it("asks for no key", async () => {
    await host.use({ page, isOpenWithoutKeys: false });
    expect((await host.fetch("/")).status).toBe(200);
    expect((await host.fetch("/assets/index-1a2b.js")).status).toBe(200);
    expect((await host.fetch("/logs")).status).toBe(401);
  });

  it("is not for pages of other sites while the server is open", async () => {
    await host.use({ page });
    for (const path of ["/", "/assets/index-1a2b.js"]) {
      const response = await host.fetch(path, { headers: { origin: "https://evil.example" } });
      expect([response.status, await response.json()]).toEqual([
        403,
        expect.objectContaining({ code: "ORIGIN_FORBIDDEN" }),
      ]);
    }
  });

  it("is where a link on another site leads, but in no frame of it", async () => {
    await host.use({ page });
    const from = (destination: string) =>
      host.fetch("/", {
        headers: {
          accept: "text/html",
          "sec-fetch-site": "cross-site",
          "sec-fetch-mode": "navigate",
          "sec-fetch-dest": destination,
        },
      });
    expect((await from("document")).status).toBe(200);
    expect((await from("iframe")).status).toBe(403);
  });

  it("takes GET only", async () => {
    await host.use({ page });
    const response = await host.fetch("/", { method: "POST", body: "{}" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
  });
});

describe("the encoding of an asset", () => {
  // In memory: a client of HTTP would decompress, and add an encoding of its own.
  const ask = async (accepted: Record<string, string>) =>
    createTestApp({ page }).app.fetch(
      new Request("http://localhost/assets/index-1a2b.js", { headers: accepted }),
    );

  it.each<[string | undefined, string | null]>([
    [undefined, null],
    ["", null],
    ["br, gzip", "br"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["GZIP", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["br;q=0.2, gzip;q=0.8", "gzip"],
    ["*", "br"],
    ["*;q=0", null],
    ["br;q=0, gzip;q=0", null],
    ["identity;q=0, gzip", "gzip"],
    ["identity, gzip;q=0.5", null],
    ["br;q=wrong", null],
    ["zstd", null],
  ])("for %j is %j", async (header, encoding) => {
    const response = await ask(header === undefined ? {} : { "accept-encoding": header });
    expect(response.headers.get("content-encoding")).toBe(encoding);
    expect(response.headers.get("vary")).toContain("Accept-Encoding");
    const bytes = Buffer.from(await response.arrayBuffer());
    const name = (encoding ?? "identity") as keyof PageFile["bytes"]; // as the table has it
    expect(bytes).toEqual(page.find("assets/index-1a2b.js")?.bytes[name]);
  });

  it("has a tag of its own each", async () => {
    const tags = await Promise.all(
      ["br", "gzip", "identity"].map(async (one) =>
        (await ask({ "accept-encoding": one })).headers.get("etag"),
      ),
    );
    expect(new Set(tags).size).toBe(3);
  });
});

describe("a root that the page shares with a route", () => {
  const searches = appRoutes.filter(({ operationId }) => operationId === "search");
  const app = () => createAppOf(createTestApp().deps, shareRoot(createPageRoutes(page), searches));

  it.each<[string | undefined, string]>([
    ["text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"],
    ["text/html;q=0", "application/json"],
    ["*/*", "application/json"],
    ["application/json", "application/json"],
    [undefined, "application/json"],
  ])("answers Accept: %s with %s, and says what it depends on", async (accept, type) => {
    const headers = accept === undefined ? {} : { accept };
    const response = await app().fetch(new Request("http://localhost/", { headers }));
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    expect(response.headers.get("vary")).toMatch(/^Accept(,|$)/);
  });

  it("tells the methods of both once", async () => {
    const response = await app().fetch(new Request("http://localhost/", { method: "PUT" }));
    expect(response.headers.get("allow")).toBe("GET");
  });
});
