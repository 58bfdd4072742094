import type { ProblemAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

describeOnHosts("ingest answers 415", (host) => {
  it.each(["text/html", "application/xml", "multipart/form-data", "text/plain; charset=latin1"])(
    "refuses the content type %s",
    async (type) => {
      const response = await host.post("x", { type });
      expect(await response.json()).toMatchObject({
        status: 415,
        code: "CONTENT_TYPE_UNSUPPORTED",
      });
    },
  );

  it("shows who uses curl -d alone the flag to add", async () => {
    const response = await host.post("{}", { type: "application/x-www-form-urlencoded" });
    expect((await json<ProblemAnswer>(response)).detail).toContain(
      "-H 'content-type: application/json'",
    );
  });

  it.each(["compress", "gzip, br", "constructor"])("refuses the encoding %s", async (encoding) => {
    const headers = { "content-type": "application/json", "content-encoding": encoding };
    const response = await host.fetch("/logs", { method: "POST", headers, body: "{}" });
    expect(await response.json()).toMatchObject({
      status: 415,
      code: "CONTENT_ENCODING_UNSUPPORTED",
    });
  });
});
