import { expect, it } from "vitest";
import { settings } from "./config.ts";
import { warnOfUnknown } from "./unknown-settings.ts";

const warningsFor = (...names: readonly string[]) => {
  const warnings: unknown[] = [];
  const env = Object.fromEntries(names.map((name) => [name, "1"]));
  const known = settings.map(({ name }) => name);
  warnOfUnknown(env, known, { warn: (_, fields) => void warnings.push(fields) });
  return warnings;
};

it.each([
  ["LOG_SERVICE_POTR", "LOG_SERVICE_PORT"],
  ["LOG_SERVICE_RETENTION_DAY", "LOG_SERVICE_RETENTION_DAYS"],
  ["LOG_SERVICE_SEARCH_TIMEMS", "LOG_SERVICE_SEARCH_TIME_MS"],
  ["LOG_SERVICE_OIDC_CLOCK_TOLERANCES", "LOG_SERVICE_OIDC_CLOCK_TOLERANCE_S"],
  ["LOG_SERVICE_port", "LOG_SERVICE_PORT"],
])("takes %s for %s", (name, didYouMean) => {
  expect(warningsFor(name)).toEqual([{ name, didYouMean }]);
});

it.each(["LOG_SERVICE_COLOUR", "LOG_SERVICE_", `LOG_SERVICE_${"X".repeat(10_000)}`])(
  "knows nothing like %.40s",
  (name) => {
    expect(warningsFor(name)).toEqual([{ name }]);
  },
);

it("says nothing of settings, of what others have set, and of what Kubernetes sets", () => {
  const ofKubernetes = ["SERVICE_HOST", "SERVICE_PORT", "PORT_3000_TCP_ADDR"];
  expect(
    warningsFor(
      ...settings.map(({ name }) => name),
      ...ofKubernetes.map((name) => `LOG_SERVICE_${name}`),
      "PATH",
      "LOG_SERVICE",
    ),
  ).toEqual([]);
});
