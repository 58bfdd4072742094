import type { ProblemAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { createApiKey } from "./access/api-key.ts";
import { describeOnHosts, json } from "./test/hosts.ts";
import { noKeys, testNow } from "./test/test-app.ts";

const entry = { severity: "info", message: "hello" };

describeOnHosts("the app", (host) => {
  it("answers 404 where there is no route, and 405 with the methods where there is one", async () => {
    expect(await (await host.fetch("/nothing")).json()).toMatchObject({ code: "ROUTE_NOT_FOUND" });
    const response = await host.fetch("/logs", { method: "PUT", body: "{}" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST, GET");
  });

  it("keeps a harmless request id, and replaces another", async () => {
    const ask = (id: string) => host.fetch("/health", { headers: { "x-request-id": id } });
    expect((await ask("match-7")).headers.get("x-request-id")).toBe("match-7");
    expect((await ask("a b<script>")).headers.get("x-request-id")).toMatch(/^request-\d+$/);
  });

  it("tells browsers to take each answer for what it says it is, and to keep none of the entries", async () => {
    await host.post(entry);
    for (const path of ["/logs", "/nothing", "/health", "/logs/export"]) {
      const { headers } = await host.fetch(path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect((await host.fetch("/logs")).headers.get("cache-control")).toBe("no-store");
  });

  it("never lets another page's cookies or log-ins in: no answer allows credentials", async () => {
    for (const origin of ["http://localhost:5173", "https://evil.example", "null"]) {
      const headers = { origin, "access-control-request-method": "POST" };
      for (const method of ["OPTIONS", "GET"]) {
        const answer = await host.fetch("/logs", { method, headers });
        expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
      }
    }
  });

  it("answers a preflight, and lets pages of this machine read the answer", async () => {
    const headers = { origin: "http://localhost:5173", "access-control-request-method": "POST" };
    const preflight = await host.fetch("/logs", { method: "OPTIONS", headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
    const answer = await host.fetch("/logs", { headers: { origin: "http://localhost:5173" } });
    expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
  });

  it("refuses pages of other sites while it is open", async () => {
    const response = await host.fetch("/logs", { headers: { origin: "https://evil.example" } });
    expect(response.status).toBe(403);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(await response.json()).toMatchObject({ code: "ORIGIN_FORBIDDEN" });
  });

  it("says nothing of an unexpected failure but its request id, and logs the rest", async () => {
    const { store } = await host.use({});
    const scan = () => {
      throw new TypeError("secret detail");
    };
    const { logged } = await host.use({ store: { ...store, scan } });
    const problem = await json<ProblemAnswer>(host.fetch("/logs"));
    expect(problem).toMatchObject({ status: 500, code: "INTERNAL" });
    expect(JSON.stringify(problem)).not.toContain("secret");
    expect(logged.join("\n")).toContain("secret detail");
    expect(logged.join("\n")).toContain(problem.requestId);
  });
});

describeOnHosts("with keys, the app", (host) => {
  const grant = { tenant: "game-1", createdAt: 0 };
  const sender = createApiKey({ ...grant, scopes: ["ingest"] });
  const reader = createApiKey({ ...grant, scopes: ["read"] });
  const stranger = createApiKey({ ...grant, tenant: "game-2", scopes: ["read"] });
  const expired = createApiKey({ ...grant, scopes: ["read"], expiresAt: testNow });
  const records = [sender, reader, stranger, expired].map((key) => key.record);
  const keys = {
    ...noKeys,
    find: async (id: string) => records.find((one) => one.id === id),
    isEmpty: async () => false,
  };
  const send = (headers: Record<string, string>) =>
    host.fetch("/logs", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(entry),
    });
  const readAs = (text: string) =>
    host.fetch("/logs", { headers: { authorization: `Bearer ${text}` } });
  const codeOf = async (response: Response) => (await json<ProblemAnswer>(response)).code;

  it("takes a key as Bearer, as x-api-key and as the password of Basic", async () => {
    await host.use({ keys });
    const basic = Buffer.from(`agent:${sender.text}`).toString("base64");
    for (const headers of [
      { authorization: `Bearer ${sender.text}` },
      { "x-api-key": sender.text },
      { authorization: `Basic ${basic}` },
    ])
      expect((await send(headers)).status).toBe(201);
  });

  it("refuses no key, a wrong one and an expired one with 401", async () => {
    await host.use({ keys });
    const missing = await host.fetch("/logs");
    expect(missing.headers.get("www-authenticate")).toContain("Bearer");
    expect(await codeOf(missing)).toBe("KEY_REQUIRED");
    const wrongSecret = `${reader.text.slice(0, -1)}${reader.text.endsWith("A") ? "B" : "A"}`;
    const unknownId = reader.text.replace(reader.record.id, "000000000000");
    for (const text of [wrongSecret, unknownId, expired.text, "lsk_", "nonsense"])
      expect(await codeOf(await readAs(text))).toBe("KEY_INVALID");
  });

  it("refuses a key without the scope with 403, before it reads the body", async () => {
    await host.use({ keys });
    const response = await send({ "x-api-key": reader.text });
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe("SCOPE_REQUIRED");
  });

  it("shows a tenant nothing of another's, neither by search nor by id nor by cursor", async () => {
    await host.use({ keys });
    for (let count = 0; count < 2; count++) await send({ "x-api-key": sender.text });
    const own = await json<{ logs: { logId: string }[] }>(readAs(reader.text));
    expect(own.logs).toHaveLength(2);
    const other = await json<{ count: number }>(readAs(stranger.text));
    expect(other.count).toBe(0);
    const as = (text: string) => ({ headers: { "x-api-key": text } });
    const byId = await host.fetch(`/logs/${own.logs[0]?.logId}`, as(stranger.text));
    expect(byId.status).toBe(404);
    const page = await json<{ nextCursor: string }>(host.fetch("/logs?limit=1", as(reader.text)));
    const foreign = await host.fetch(`/logs?limit=1&cursor=${page.nextCursor}`, as(stranger.text));
    expect(await codeOf(foreign)).toBe("CURSOR_INVALID");
  });

  it("lets nobody in while the keys cannot be read, and says why in its log", async () => {
    const fail = async () => {
      throw new Error("the key file is cut");
    };
    const { logged } = await host.use({ keys: { find: fail, isEmpty: fail } });
    expect(await codeOf(await host.fetch("/logs"))).toBe("KEY_REQUIRED");
    const response = await readAs(reader.text);
    expect(response.status).toBe(500);
    expect(await codeOf(response)).toBe("INTERNAL");
    expect(logged.join("\n")).toContain("the key file is cut");
  });

  it("lets any page read the answers, since no browser sends a key by itself", async () => {
    await host.use({ keys });
    const headers = { origin: "https://dashboard.example", "x-api-key": reader.text };
    const response = await host.fetch("/logs", { headers });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });
});
