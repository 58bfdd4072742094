import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("patterns answers 400", (host) => {
  it.each([
    ["top=0", "PARAMETER_INVALID"],
    ["top=1001", "PARAMETER_INVALID"],
    ["limit=5", "PARAMETER_UNKNOWN"],
    ["severity=fatal", "PARAMETER_INVALID"],
    ["from=2000&to=1000", "PARAMETER_INVALID"],
    ["compareTo=", "PARAMETER_INVALID"],
    ["compareTo=yesterday", "PARAMETER_INVALID"],
    ["compareTo=-0d", "PARAMETER_INVALID"],
    ["compareTo=2000..1000", "PARAMETER_INVALID"],
    ["compareTo=1000..2000..3000", "PARAMETER_INVALID"],
    ["compareTo=previous", "PARAMETER_INVALID"],
    ["compareTo=-1d&to=2000", "PARAMETER_INVALID"],
    ["q=x:%3E", "QUERY_INVALID"],
    [`q=${"a".repeat(4097)}`, "QUERY_TOO_LONG"],
  ])("refuses %s", async (query, code) => {
    const response = await host.fetch(`/logs/patterns?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code, status: 400 });
  });
});
