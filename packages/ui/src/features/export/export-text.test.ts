import { LogServiceError } from "@log-service/sdk";
import { expect, it } from "vitest";
import { exportText } from "./export-text.ts";

it("says nothing before the end", () => {
  expect(exportText({ kind: "idle" }).text).toBe("");
  expect(exportText({ kind: "running", bytes: 5 }).text).toBe("");
});

it("says how large a whole file is", () => {
  const said = exportText({ kind: "done", bytes: 12_300_000, warnings: [] });
  expect(said).toEqual({ text: "Saved, 12.3 MB.", problems: [] });
});

it.each([
  [{ kind: "done", bytes: 1, warnings: ["a day is damaged"] }, "a day is damaged"],
  [{ kind: "failed", error: new Error("disk is full") }, "disk is full"],
  [
    { kind: "failed", error: new LogServiceError("UNREACHABLE", "TypeError: Failed to fetch") },
    "The service does not answer.",
  ],
] as const)("says that %j is not whole", (state, problem) => {
  expect(exportText(state).problems).toContain(problem);
});

it("says of a file that broke off that it is a part", () => {
  expect(exportText({ kind: "cut", bytes: 1_000 }).text).toMatch(/1 kB: .*only a part/);
});

it("says what to do about one that is too large", () => {
  const error = new LogServiceError("EXPORT_TOO_LARGE", "the export is larger than 4 MiB");
  const { problems } = exportText({ kind: "failed", error });
  expect(problems).toEqual([expect.stringContaining("shorter range"), error.message]);
});
