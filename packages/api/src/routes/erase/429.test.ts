import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

describeOnHosts("POST /erasures answers 429", (host) => {
  it("when as many run as may", async () => {
    // What has just arrived cannot be erased yet, so that each of them waits.
    await host.post({ severity: "info", message: "hello" });
    const ask = () => host.fetch("/erasures?q=hello", { method: "POST" });
    for (let count = 0; count < 20; count++) expect((await ask()).status).toBe(202);
    const response = await ask();
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("60");
    expect(await json(response)).toMatchObject({ code: "ERASURES_TOO_MANY" });
  });
});
