import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("context answers 404", (host) => {
  it.each(["019ab5c2-7d3e-7c01-9f00-6b1e5a000003", "not-an-id"])(
    "has nothing around %s",
    async (logId) => {
      const response = await host.fetch(`/logs/${logId}/context`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: "ENTRY_NOT_FOUND" });
    },
  );
});
