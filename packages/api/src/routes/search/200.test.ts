import type { SearchAnswer } from "@log-service/contract";
import type { LogService } from "@log-service/core/service";
import { expect, it } from "vitest";
import { fill } from "../../test/fill.ts";
import { describeOnHosts, json, type TestHost } from "../../test/hosts.ts";

const minute = (number: number) => new Date(Date.UTC(2026, 10, 22, 8, number)).toISOString();

const search = (host: TestHost, query = "") => json<SearchAnswer>(host.fetch(`/logs${query}`));

describeOnHosts("search answers 200", (host) => {
  it("is empty, complete and at its end when nothing is stored", async () => {
    expect(await search(host)).toEqual({ count: 0, logs: [], nextCursor: null, complete: true });
  });

  it("returns exactly the 100 newest by default, newest first", async () => {
    await fill(host, 250);
    const page = await search(host);
    expect(page.count).toBe(100);
    expect(page.logs.map((one) => one.message)).toEqual(
      Array.from({ length: 100 }, (_, index) => `entry ${249 - index}`),
    );
  });

  it("goes on with the cursor, to the end and not beyond", async () => {
    await fill(host, 250);
    const messages: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null = null;
    do {
      const page: SearchAnswer = await search(
        host,
        `?limit=99${cursor === null ? "" : `&cursor=${cursor}`}`,
      );
      messages.push(...page.logs.map((one) => one.message));
      sizes.push(page.logs.length);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(sizes).toEqual([99, 99, 52]);
    expect(messages).toEqual(Array.from({ length: 250 }, (_, index) => `entry ${249 - index}`));
  });

  it("lets the limit change between pages", async () => {
    await fill(host, 10);
    const { nextCursor } = await search(host, "?limit=3");
    const page = await search(host, `?limit=5&cursor=${nextCursor}`);
    expect(page.logs[0]?.message).toBe("entry 6");
    expect(page.count).toBe(5);
  });

  it.each([
    ["severity=error", (index: number) => index % 3 === 2],
    ["severity=error,warning", (index: number) => index % 3 !== 0],
    ["service=gateway", (index: number) => index % 2 === 0],
    ["service=gateway&severity=info", (index: number) => index % 6 === 0],
    [`from=${minute(1)}`, (index: number) => index >= 240],
    [`to=${minute(1)}`, (index: number) => index < 240],
    [
      `from=${Date.parse(minute(0)) + 250}&to=${Date.parse(minute(0)) + 750}`,
      (index: number) => index === 1 || index === 2,
    ],
    ["from=-1h", (index: number) => index >= 1],
    ["service=Gateway", () => false],
  ])("filters by %s", async (query, isExpected) => {
    await fill(host, 250);
    const page = await search(host, `?limit=1000&${query}`);
    const expected = Array.from({ length: 250 }, (_, index) => 249 - index).filter(isExpected);
    expect(page.logs.map((one) => one.message)).toEqual(expected.map((index) => `entry ${index}`));
  });

  it.each([
    ["", () => true],
    ["severity:error", (index: number) => index % 3 === 2],
    ["entry 24", (index: number) => `entry ${index}`.includes("24")],
    ['"ENTRY 7"', (index: number) => `${index}`.startsWith("7")],
    ["service:match* -severity:info", (index: number) => index % 2 === 1 && index % 3 !== 0],
    [
      "/entry 1[0-3]$/ OR severity:error",
      (index: number) => /^1[0-3]$/.test(`${index}`) || index % 3 === 2,
    ],
    [`timestamp:<${minute(0)}`, () => false],
    ["player_id:p-81", () => false],
    ["-player_id:p-81", () => true],
  ])("finds what matches the query %s", async (q, isExpected) => {
    await fill(host, 250);
    const page = await search(host, `?limit=1000&q=${encodeURIComponent(q)}`);
    const expected = Array.from({ length: 250 }, (_, index) => 249 - index).filter(isExpected);
    expect(page.logs.map((one) => one.message)).toEqual(expected.map((index) => `entry ${index}`));
    expect(page).toMatchObject({ complete: true, nextCursor: null });
  });

  it("lets all of query, severity and service narrow the answer", async () => {
    await fill(host, 60);
    const page = await search(host, "?q=entry+5+OR+entry+4&severity=error&service=gateway");
    expect(page.logs.map((one) => one.message)).toEqual([
      "entry 56",
      "entry 50",
      "entry 44",
      "entry 14",
    ]);
  });

  it("says what a query may not mean", async () => {
    const { warnings } = await search(host, "?q=crash+or+timeout");
    expect(warnings).toEqual([
      {
        code: "QUERY_HINT",
        message: "at 6 of q: this looks for the word or; the operator is OR; you may have meant OR",
      },
    ]);
  });

  it("begins at the old end when it is asked to", async () => {
    await fill(host, 20);
    const page = await search(host, "?order=oldest&limit=2");
    expect(page.logs.map((one) => one.message)).toEqual(["entry 0", "entry 1"]);
  });

  it("sees an entry as soon as it is acknowledged", async () => {
    await host.post({ severity: "info", message: "just now" });
    expect((await search(host)).logs[0]?.message).toBe("just now");
  });

  it("ends a page early, with a cursor, when its JSON would be too large", async () => {
    const message = "m".repeat(60_000);
    for (let batch = 0; batch < 2; batch++)
      await host.post(Array.from({ length: 50 }, () => ({ severity: "info", message })));
    const first = await search(host, "?limit=1000");
    expect(first.count).toBeLessThan(100);
    expect(first.nextCursor).not.toBeNull();
    const second = await search(host, `?limit=1000&cursor=${first.nextCursor}`);
    expect(first.count + second.count).toBe(100);
  });

  it("says how far it has come when the budget ran out", async () => {
    const scannedTo = Date.UTC(2026, 10, 22, 8, 41);
    const page = { lines: [], nextCursor: "on", isComplete: false, scannedTo, warnings: [] };
    // The search is all that is asked of it.
    const service = { search: async () => page } as unknown as LogService;
    await host.use({ deps: { service } });
    const expected = { count: 0, logs: [], nextCursor: "on", complete: false, scannedTo };
    expect(await search(host)).toEqual(expected);
  });
});
