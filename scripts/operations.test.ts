import { expect, it } from "vitest";
import { argumentOf, blocksOf, textOf } from "./terraform-blocks.ts";

const guide = textOf("docs/operations.md");

/** The alarms of the module, named as the guide does: `<function>-errors`. */
const alarms = blocksOf("terraform/modules/log-service")
  .filter(({ kind, body }) => kind === "resource" && body.includes("  alarm_name "))
  .map((block) => JSON.parse(argumentOf(block, "alarm_name") ?? '""'))
  .map((name: string) => name.replace(/\$\{each[^}]+\}/, "<function>"))
  .map((name: string) => name.replace(/\$\{var[^}]+\}/, "<name>"));

const sectionsOf = (title: string): string[] =>
  (guide.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "").split("\n### ").slice(1);

it("the guide has a section for each alarm, and none for what is no alarm", () => {
  const headings = sectionsOf("Alarms").map((section) => /^`(.+)`\n/.exec(section)?.[1]);
  expect(alarms.length).toBeGreaterThan(6);
  expect(headings.toSorted()).toEqual(alarms.toSorted());
});

it("each alarm and runbook says what to run", () => {
  const sections = [...sectionsOf("Alarms"), ...sectionsOf("Runbooks")];
  const silent = sections.filter((text) => !/```bash|DEPLOYMENT\.md#/.test(text));
  expect(silent).toEqual([]);
});

it("its costs are those of the table of costs", () => {
  const rows = [...textOf("docs/cost.md").matchAll(/^\| (\d+ M) \| (\d+) \|.*\| ([\d.]+) \|$/gm)];
  const totalOf = (entries: string, batch: string) =>
    rows.find(([, day, size]) => day === entries && size === batch)?.[3];
  const told = [...guide.matchAll(/^\| (\d+ M) \| [^|]+ \| \$([\d.]+) \(\$([\d.]+)\)/gm)];
  expect(told.map(([, day]) => day)).toEqual(["1 M", "10 M", "100 M"]);
  for (const [, day = "", batches, single] of told)
    expect([batches, single]).toEqual([totalOf(day, "500"), totalOf(day, "1")]);
});
