import { expect, it } from "vitest";
import { eventsIn, nextNamed } from "./test/event-stream.ts";
import { describeOnHosts, json } from "./test/hosts.ts";

/** What a terminal, a log viewer, a stream of events, a table or a page could obey. */
const attacks = [
  "\x1b[2J\x1b]0;owned\x07",
  "\x9b2J\x7f\x08\x08",
  '\n{"level":"error","message":"forged"}',
  "\r\nset-cookie: forged=1",
  "\n\nevent: entry\ndata: forged\n\n",
  "\u2028forged\u2029\u202e",
  '=HYPERLINK("http://evil.example")',
  "\0</script><script>alert(1)</script>",
];

const entryOf = (attack: string) => ({
  severity: "info",
  message: attack,
  service: attack,
  level: attack,
  traceId: attack,
  attributes: { [attack]: attack },
});

/** Control characters but the line ends that separate lines. */
const obeyed = /[^\P{Cc}\r\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

describeOnHosts("an attack by what is logged", (host) => {
  it("is data in JSON and in NDJSON, line by line", async () => {
    await host.post(attacks.map(entryOf));
    const lines = (await (await host.fetch("/logs/export?order=oldest")).text())
      .trimEnd()
      .split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(attacks.map(entryOf));
    for (const path of ["/logs", "/logs/stats?by=service", "/logs/fields", "/logs/patterns"]) {
      const text = await (await host.fetch(path)).text();
      expect(text).not.toMatch(obeyed);
      expect(text).not.toContain("\n");
    }
  });

  it("is data in CSV: a field in quotes, and no formula", async () => {
    await host.post(attacks.map(entryOf));
    const text = await (await host.fetch("/logs/export?format=csv&order=oldest")).text();
    // The signs of direction stay in a table: right-to-left scripts need them.
    expect(text).not.toMatch(/[^\P{Cc}\r\n]/u);
    const bare = text.replaceAll(/"(?:[^"]|"")*"/g, "quoted");
    expect(bare.trimEnd().split("\r\n")).toHaveLength(attacks.length + 1);
    expect(bare).not.toMatch(/[^\r]\n|(^|,)[=+\-@]/m);
  });

  it("is data in a stream: one event for each entry, and none of its own", async () => {
    const start = await json<{ nextCursor: string }>(host.fetch("/logs/tail"));
    await host.post(attacks.map(entryOf));
    const headers = { accept: "text/event-stream" };
    const events = eventsIn(await host.fetch(`/logs/tail?cursor=${start.nextCursor}`, { headers }));
    for (const attack of attacks) {
      const { data = "" } = await nextNamed(events, "entry");
      expect(data).not.toMatch(obeyed);
      expect(JSON.parse(data)).toMatchObject(entryOf(attack));
    }
    await events.return(undefined);
  });

  it("is data in what is said of a refused entry", async () => {
    const refused = attacks.map((attack) => ({ severity: attack, message: "m", [attack]: null }));
    const answer = await (await host.post(refused)).text();
    expect(answer).not.toMatch(obeyed);
    expect(JSON.parse(answer)).toMatchObject({ code: "BATCH_ALL_REJECTED" });
  });
});

describeOnHosts("an attack by a request", (host) => {
  it("changes no header of the answer, and forges no line of the service's log", async () => {
    const { logged } = await host.use({});
    for (const attack of attacks) {
      const text = encodeURIComponent(attack);
      // A client cannot put more into a header.
      const value = attack.replaceAll(/[^\x20-\x7e]/g, "").trim();
      const headers = { "x-request-id": value, "idempotency-key": value, "user-agent": value };
      for (const path of [
        `/${text}`,
        `/logs/${text}`,
        `/logs?q=${text}`,
        `/logs?${text}=${text}`,
      ]) {
        const answer = await host.fetch(path, { headers });
        expect(await answer.text()).not.toMatch(obeyed);
        expect(answer.headers.get("set-cookie")).toBeNull();
        expect(answer.headers.get("x-request-id")).toMatch(/^[\w.:-]{1,64}$/);
      }
    }
    expect(logged.length).toBeGreaterThan(0);
    for (const line of logged) {
      expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
      expect(JSON.parse(line)).toHaveProperty(
        "requestId",
        expect.stringMatching(/^[\w.:-]{1,64}$/),
      );
    }
  });

  it("names no file: its name is the time", async () => {
    const answer = await host.fetch(
      "/logs/export?format=csv&columns=%22%0d%0a%3b&service=..%2f..%2fx",
    );
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="logs-[\dTZ-]+\.csv"$/,
    );
    await answer.body?.cancel();
  });
});
