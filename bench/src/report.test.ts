import { describe, expect, it } from "vitest";
import { parseBenchOptions } from "./options.ts";
import { missedOf, printDocument, printTable, type Section } from "./report.ts";

const sections: readonly Section[] = [
  {
    scenario: "fast",
    figures: [
      {
        name: "speed",
        value: 149_999,
        unit: "entries/s",
        digits: 0,
        must: { atLeast: 150_000 },
        aim: { atLeast: 250_000 },
      },
      { name: "ratio", value: 0.0999, unit: "", digits: 3, must: { atMost: 0.14 } },
    ],
  },
  { scenario: "broken", figures: [], failure: "the server closed the connection" },
  { scenario: "part", figures: [], output: "12 things/s\n" },
];

describe("the report", () => {
  it("prints the figures, their limits and their verdicts in one table", () => {
    expect(printTable(sections)).toBe(
      [
        "| figure | measured          | must       | aim        | result    |",
        "|--------|-------------------|------------|------------|-----------|",
        "| speed  | 149,999 entries/s | >= 150,000 | >= 250,000 | missed    |",
        "| ratio  | 0.100             | <= 0.14    |            | must held |",
        "| broken | not measured      |            |            | failed    |",
      ].join("\n"),
    );
  });

  it("names what was missed and what could not be measured", () => {
    expect(missedOf(sections)).toEqual([
      "speed: 149,999 entries/s, must >= 150,000",
      "broken: the server closed the connection",
    ]);
  });

  it("writes each measurement with its conditions into the document", () => {
    const conditions = {
      machine: "2 cores, 24 GiB of memory",
      node: "v24.0.0 on linux-x64",
      day: "2026-11-22",
      commit: "abc1234",
      command: "npm run bench -- --only fast",
      othersShare: 0.03,
    };
    const document = printDocument(sections.map((section) => ({ ...section, conditions })));
    expect(document).toContain("- 2 cores, 24 GiB of memory, Node v24.0.0 on linux-x64");
    expect(document).toContain(
      "### fast\n\n`npm run bench -- --only fast`, 2026-11-22, commit abc1234; others took 3 % of the cores.\n\n| figure",
    );
    expect(document).toContain("of the cores.\n\n```text\n12 things/s\n```");
  });
});

describe("the command line", () => {
  it("takes several scenarios", () => {
    const options = parseBenchOptions(["--quick", "--only", "a", "--only", "b"], ["a", "b", "c"]);
    expect(options.only).toEqual(["a", "b"]);
    expect(options.isQuick).toBe(true);
    expect(options.isCheck).toBe(false);
  });

  it.each([
    [["--only", "d"], "there is no scenario d"],
    [["--quick", "--full"], "--quick and --full exclude each other"],
    [["--fast"], "--fast"],
  ])("refuses %j", (args, message) => {
    expect(() => parseBenchOptions(args, ["a", "b", "c"])).toThrow(message);
  });
});
