import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("POST /erasures answers 400", (host) => {
  it.each([
    ["", "PARAMETER_INVALID"],
    ["q=", "PARAMETER_INVALID"],
    ["q=*", "PARAMETER_INVALID"],
    ["from=-1d", "PARAMETER_INVALID"],
    ["everything=yes", "PARAMETER_INVALID"],
    ["everything=true&from=2000&to=1000", "PARAMETER_INVALID"],
    ["q=a&limit=1", "PARAMETER_UNKNOWN"],
    ["q=x:%3E", "QUERY_INVALID"],
    [`q=${"a".repeat(4097)}`, "QUERY_TOO_LONG"],
  ])("refuses %s", async (query, code) => {
    const response = await host.fetch(`/erasures?${query}`, { method: "POST" });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code, status: 400 });
  });
});
