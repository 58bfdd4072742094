import type { IngestManyAnswer, ProblemAnswer, SearchAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json, type TestHost } from "../../packages/api/src/test/hosts.ts";
import { type HostileBody, hostileBodies, type Outcome } from "../harness/fuzz/hostile/index.ts";

type Refusal = Extract<Outcome, { status: number }>;
type Storing = Extract<Outcome, { stored: unknown }>;

interface Case<O extends Outcome> extends HostileBody {
  readonly outcome: O;
}

const refusals = hostileBodies.filter((one): one is Case<Refusal> => "status" in one.outcome);
const storings = hostileBodies.filter((one): one is Case<Storing> => "stored" in one.outcome);

const send = (host: TestHost, { body, type = "application/json", encoding }: HostileBody) =>
  host.fetch("/logs", {
    method: "POST",
    headers: { "content-type": type, ...(encoding && { "content-encoding": encoding }) },
    body: body(),
  });

const stored = async (host: TestHost) => (await json<SearchAnswer>(host.fetch("/logs"))).logs;

const expectNextIsFine = async (host: TestHost) => {
  expect((await host.post({ severity: "info", message: "the next one" })).status).toBe(201);
};

describeOnHosts("a hostile body", (host) => {
  it.each(refusals)("is refused: $name", async (hostile) => {
    const { status, code, entryCode } = hostile.outcome;
    const response = await send(host, hostile);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const problem = await json<ProblemAnswer>(response);
    expect({ status: response.status, code: problem.code }).toEqual({ status, code });
    const { rejected = [{ problems: problem.problems }] } = problem;
    const entryCodes = rejected.flatMap((one) => one.problems ?? []).map((one) => one.code);
    expect(entryCodes).toEqual(entryCode === undefined ? [] : expect.arrayContaining([entryCode]));
    expect(await stored(host)).toEqual([]);
    await expectNextIsFine(host);
  });

  it.each(storings)("is stored exactly as sent: $name", async (hostile) => {
    const { stored: wanted, rejected = [] } = hostile.outcome;
    const response = await send(host, hostile);
    const answer = await json<Partial<IngestManyAnswer>>(response);
    expect(response.status, JSON.stringify(answer)).toBe(201);
    expect((answer.rejected ?? []).map((one) => one.code)).toEqual(rejected);
    const found = await stored(host);
    expect(found).toHaveLength(wanted.length);
    for (const [index, entry] of wanted.entries()) {
      expect(found[index]).toMatchObject(entry);
      expect(found[index]?.attributes).toEqual((entry as { attributes: object }).attributes);
    }
    await expectNextIsFine(host);
  });
});
