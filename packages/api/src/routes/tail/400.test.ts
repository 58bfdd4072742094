import type { TailAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

describeOnHosts("tail answers 400", (host) => {
  it.each([
    ["limit=0", "PARAMETER_INVALID"],
    ["limit=1001", "PARAMETER_INVALID"],
    ["wait=-1", "PARAMETER_INVALID"],
    ["wait=31", "PARAMETER_INVALID"],
    ["wait=0.5", "PARAMETER_INVALID"],
    ["severity=fatal", "PARAMETER_INVALID"],
    ["from=-1h", "PARAMETER_UNKNOWN"],
    ["order=newest", "PARAMETER_UNKNOWN"],
    ["q=x:%3E", "QUERY_INVALID"],
    [`q=${"a".repeat(4097)}`, "QUERY_TOO_LONG"],
    ["cursor=", "CURSOR_INVALID"],
    ["cursor=nonsense", "CURSOR_INVALID"],
    ["cursor=1~AAAAAAAAAAAA~AAAAAAAAAAAA~a-1", "CURSOR_INVALID"],
    [`cursor=${"a".repeat(2001)}`, "CURSOR_INVALID"],
  ])("refuses %s, as JSON and as a stream", async (query, code) => {
    for (const accept of ["application/json", "text/event-stream"]) {
      const response = await host.fetch(`/logs/tail?${query}`, { headers: { accept } });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code, status: 400 });
    }
  });

  it("refuses a last event that is no cursor", async () => {
    const headers = { "last-event-id": "7", accept: "text/event-stream" };
    const response = await host.fetch("/logs/tail", { headers });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "CURSOR_INVALID" });
  });

  it.each(["q=b", "severity=error", "service=a", "q=a&severity=info", ""])(
    "refuses a cursor when the question has become %j",
    async (query) => {
      const { nextCursor } = await json<TailAnswer>(host.fetch("/logs/tail?q=a"));
      const response = await host.fetch(`/logs/tail?${query}&cursor=${nextCursor}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "CURSOR_MISMATCH" });
    },
  );

  it("takes a cursor when only limit and wait have changed", async () => {
    const { nextCursor } = await json<TailAnswer>(host.fetch("/logs/tail?q=a&limit=5"));
    await host.post({ severity: "info", message: "a" });
    const response = await host.fetch(`/logs/tail?q=a&limit=7&wait=1&cursor=${nextCursor}`);
    expect(await response.json()).toMatchObject({ logs: [{ message: "a" }] });
  });

  it("refuses a cursor that was cut, changed or made up", async () => {
    const { nextCursor } = await json<TailAnswer>(host.fetch("/logs/tail"));
    const made = [
      nextCursor.slice(0, -4),
      `${nextCursor}~x`,
      `${nextCursor}~01a2027b-d6fb-7c01-9f00-6b1e5a000009`,
      nextCursor.replace(/^1/, "2"),
      nextCursor.replace(/\.[^.]*$/, ".zzzzzzzzzzzzzzzzzzzz"),
    ];
    for (const cursor of made) {
      const response = await host.fetch(`/logs/tail?cursor=${encodeURIComponent(cursor)}`);
      expect(await response.json()).toMatchObject({ code: "CURSOR_INVALID", status: 400 });
    }
  });
});
