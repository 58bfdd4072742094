import type { ErasureAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

describeOnHosts("GET /erasures/{erasureId}", (host) => {
  it("tells what it waits for", async () => {
    await host.post({ severity: "info", message: "hello" });
    const begun = await json<ErasureAnswer>(host.fetch("/erasures?q=hello", { method: "POST" }));
    const path = `/erasures/${begun.id}`;
    let report = begun;
    while (report.waitingFor === undefined) report = await json<ErasureAnswer>(host.fetch(path));
    expect(report).toEqual({
      ...begun,
      matched: 1,
      waitingFor: "recent",
    });
  });
});
