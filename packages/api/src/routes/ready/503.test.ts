import { LogServiceError } from "@log-service/core";
import { createMemoryStore } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("ready answers 503", (host) => {
  it("says why the store cannot be used, and nothing of what is behind it", async () => {
    const cause = new Error("SQLITE_IOERR: disk I/O error");
    const check = async () => {
      throw new LogServiceError("STORE_UNAVAILABLE", "the store cannot be read", { cause });
    };
    const { logged } = await host.use({ store: { ...createMemoryStore(), check } });
    const response = await host.fetch("/ready");
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(text).not.toContain("SQLITE");
    expect(logged.join("\n")).toContain("SQLITE_IOERR");
  });
});
