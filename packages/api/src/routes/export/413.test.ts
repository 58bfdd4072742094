import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("export answers 413 where the host cannot stream", (host) => {
  const line = { severity: "info", message: "m".repeat(1000), timestamp: 1 };

  it("when the file is larger than the host can answer at once", async () => {
    await host.use({ deps: { bufferedBytesMax: 5000 } });
    await host.post([line, line, line, line, line]);
    const response = await host.fetch("/logs/export");
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      code: "EXPORT_TOO_LARGE",
      detail: "the export is larger than 5000 bytes, the most that this host can answer at once",
    });
  });

  it("but not when it just fits", async () => {
    const csv = "/logs/export?format=csv&columns=message";
    await host.use({ deps: { bufferedBytesMax: "message\r\n".length + 5 * 1002 } });
    await host.post([line, line, line, line, line]);
    expect((await host.fetch(csv)).status).toBe(200);
    await host.post(line);
    expect((await host.fetch(csv)).status).toBe(413);
  });
});
