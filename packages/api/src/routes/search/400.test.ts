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

  it("refuses a cursor when anything but the limit has changed", async () => {
    await host.post([1, 2, 3].map((one) => ({ severity: "info", message: `entry ${one}` })));
    const { nextCursor } = await json<SearchAnswer>(host.fetch("/logs?limit=1&severity=info"));
    const response = await host.fetch(`/logs?limit=1&severity=info,error&cursor=${nextCursor}`);
    expect(await response.json()).toMatchObject({ status: 400, code: "CURSOR_MISMATCH" });
  });
});
