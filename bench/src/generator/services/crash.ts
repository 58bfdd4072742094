import type { Fill } from "../scene.ts";
import { builds, crashes, platforms } from "../vocabulary.ts";

/** Clients and servers that died, each with a stack trace of many lines. */
export const crash: Fill = (entry, scene) => {
  const { random } = scene;
  const { exception, reason, frames } = random.pick(crashes);
  const build = random.pick(builds);
  let trace = `${exception}: ${reason}`;
  for (const frame of frames) {
    trace += `\n  at ${frame} (build/${build}/src/${frame.replaceAll(/\.|::/g, "/")}:${1 + random.integer(900)}) [0x${random.hex(2)}]`;
  }
  entry.service = "crash";
  entry.severity = "error";
  entry.level = "FATAL";
  entry.message = trace;
  entry.player_id = scene.player().id;
  entry.exception = exception;
  entry.build = build;
  entry.platform = random.pick(platforms);
  entry.uptime_s = Math.round(random.exponential(2400));
};
