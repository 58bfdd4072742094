import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("fields answers 400", (host) => {
  it.each([
    ["limit=1", "PARAMETER_UNKNOWN"],
    ["top=5", "PARAMETER_UNKNOWN"],
    ["severity=fatal", "PARAMETER_INVALID"],
    ["distinct=yes", "PARAMETER_INVALID"],
    ["from=2000&to=1000", "PARAMETER_INVALID"],
    ["q=x:%3E", "QUERY_INVALID"],
    [`q=${"a".repeat(4097)}`, "QUERY_TOO_LONG"],
  ])("refuses %s", async (query, code) => {
    const response = await host.fetch(`/logs/fields?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code, status: 400 });
  });
});
