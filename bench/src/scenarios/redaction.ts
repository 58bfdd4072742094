import { parseBatch } from "@log-service/core/entry";
import { parseRedaction } from "@log-service/core/redact";
import { cpuMicroseconds } from "../harness/cpu-cost.ts";
import type { Scenario } from "../harness/scenario.ts";
import { gameLogsUntilNow } from "./game-logs.ts";

const size = 1000;
const key = "a key of the benchmark";

const ruleSets = [
  ["no rules", ""],
  ["one attribute dropped", "attributes.password=drop"],
  ["e-mail addresses", "email=mask"],
  ["IP addresses", "ip=mask"],
  ["card numbers", "card=mask"],
  ["tokens", "token=mask"],
  ["all patterns", "email=mask,ip=mask,card=mask,token=mask"],
  [
    "all patterns, and a player's id hashed",
    "email=mask,ip=mask,card=mask,token=mask,attributes.player_id=hash",
  ],
] as const;

/** What redaction adds to parsing and validating an entry, on one core. */
export const redaction: Scenario = {
  name: "redaction",
  run: async ({ scale }) => {
    const generator = gameLogsUntilNow(10 * size);
    const bodies = Array.from({ length: 10 }, () =>
      new TextEncoder().encode(generator.batchNdjson(generator.nextSender(size), size)),
    );
    const figures = [];
    for (const [name, text] of ruleSets) {
      const { rules } = parseRedaction(text, key);
      const context = { now: Date.now(), oldest: 0, requireTimestamp: false, redaction: rules };
      const cost = await cpuMicroseconds(1, scale.isQuick ? 3 : 30, () => {
        for (const body of bodies) parseBatch(body, "ndjson", context);
      });
      const value = cost / (bodies.length * size);
      figures.push({ name: `parse and redact an entry: ${name}`, value, unit: "µs", digits: 2 });
    }
    return figures;
  },
};
