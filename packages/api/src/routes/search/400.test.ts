import type { SearchAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

describeOnHosts("search answers 400", (host) => {
  it.each([
    ["limit=0", "PARAMETER_INVALID"],
    ["limit=1001", "PARAMETER_INVALID"],
    ["limit=ten", "PARAMETER_INVALID"],
    ["limit=5&limit=6", "PARAMETER_INVALID"],
    ["severity=fatal", "PARAMETER_INVALID"],
    ["order=random", "PARAMETER_INVALID"],
    ["from=yesterday", "PARAMETER_INVALID"],
    ["from=2000&to=1000", "PARAMETER_INVALID"],
    ["from=1000&to=1000", "PARAMETER_INVALID"],
    ["sevrity=error", "PARAMETER_UNKNOWN"],
    ["cursor=nonsense", "CURSOR_INVALID"],
    ["cursor=", "CURSOR_INVALID"],
  ])("refuses %s", async (query, code) => {
    const response = await host.fetch(`/logs?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code, status: 400 });
  });

  it("lists what has no meaning in a query, with its place and what to write instead", async () => {
    const q = encodeURIComponent("a severity:>=warning");
    const response = await host.fetch(`/logs?q=${q}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: "QUERY_INVALID",
      problems: [{ from: 11, to: 20, suggestion: "(warning OR error)" }],
    });
  });

  it("takes a query at its limit, and refuses one past it", async () => {
    expect((await host.fetch(`/logs?q=${"a".repeat(4096)}`)).status).toBe(200);
    const response = await host.fetch(`/logs?q=${"a".repeat(4097)}`);
    expect(await response.json()).toMatchObject({
      status: 400,
      code: "QUERY_TOO_LONG",
      detail: "q is 4097 characters; the limit is 4096",
    });
  });

  it.each([
    ["parentheses", "(".repeat(4096)],
    ["pairs of parentheses", "(".repeat(2048) + ")".repeat(2048)],
    ["a regular expression that repeats", `/${"(a+)+".repeat(500)}$/`],
    ["too many regular expressions", "/a/ ".repeat(1000)],
    ["a range upside down", "x:[2 TO 1]"],
    ["a cut phrase", '"a'],
  ])("refuses %s", async (_, q) => {
    const response = await host.fetch(`/logs?q=${encodeURIComponent(q)}`);
    expect(await response.json()).toMatchObject({ status: 400, code: "QUERY_INVALID" });
  });

  it("refuses a cursor of another query", async () => {
    await host.post([1, 2, 3].map((one) => ({ severity: "info", message: `entry ${one}` })));
    const { nextCursor } = await json<SearchAnswer>(host.fetch("/logs?limit=1&q=entry"));
    const response = await host.fetch(`/logs?limit=1&q=entri&cursor=${nextCursor}`);
    expect(await response.json()).toMatchObject({ status: 400, code: "CURSOR_MISMATCH" });
  });

  it("refuses a cursor when anything but the limit has changed", async () => {
    await host.post([1, 2, 3].map((one) => ({ severity: "info", message: `entry ${one}` })));
    const { nextCursor } = await json<SearchAnswer>(host.fetch("/logs?limit=1&severity=info"));
    const response = await host.fetch(`/logs?limit=1&severity=info,error&cursor=${nextCursor}`);
    expect(await response.json()).toMatchObject({ status: 400, code: "CURSOR_MISMATCH" });
  });
});
