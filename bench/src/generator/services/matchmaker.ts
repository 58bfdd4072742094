import type { Fill } from "../scene.ts";
import { modes } from "../vocabulary.ts";

/** Tickets that wait and are matched. It sends nested objects, and its times as numbers. */
export const matchmaker: Fill = (entry, scene) => {
  const { random } = scene;
  const ticket = `t-${random.hex(2).slice(0, 12)}`;
  const waitMs = Math.round(random.exponential(scene.isIncident ? 45_000 : 9000));
  const mode = random.pick(modes);
  const draw = random.fraction();
  const isExpired = draw > (scene.isIncident ? 0.4 : 0.97);
  const isMatched = draw < 0.5;
  entry.timestamp = Date.parse(entry.timestamp as string);
  entry.service = "matchmaker";
  entry.severity = isExpired ? "warning" : "info";
  entry.message = isExpired
    ? `ticket ${ticket} expired after ${waitMs} ms in queue ${mode}`
    : isMatched
      ? `ticket ${ticket} matched after ${waitMs} ms`
      : `ticket ${ticket} queued for ${mode}`;
  entry.player_id = scene.player().id;
  entry.ticket_id = ticket;
  entry.queue = mode;
  entry.party = {
    size: 1 + random.integer(5),
    mmr: 800 + Math.round(random.fraction() * random.fraction() * 2400),
  };
  if (!isMatched) return;
  entry.wait_ms = waitMs;
  entry.match_id = scene.match().id;
};
