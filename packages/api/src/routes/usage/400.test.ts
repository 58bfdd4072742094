import type { ProblemAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

describeOnHosts("GET /usage refuses", (host) => {
  it.each([
    ["?from=yesterday", "PARAMETER_INVALID", "from"],
    ["?from=-1d&to=-2d", "PARAMETER_INVALID", "before to"],
    ["?from=-400d", "PARAMETER_INVALID", "the limit is 366"],
    ["?tenant=game-2", "PARAMETER_UNKNOWN", "tenant"],
  ])("%s", async (search, code, says) => {
    const response = await host.fetch(`/usage${search}`);
    expect(response.status).toBe(400);
    const problem = await json<ProblemAnswer>(response);
    expect(problem).toMatchObject({ code });
    expect(problem.detail).toContain(says);
  });
});
