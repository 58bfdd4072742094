import type { Fill } from "../scene.ts";
import { languages } from "../vocabulary.ts";

/** Delivered and held-back chat messages: their properties, never their text. */
export const chat: Fill = (entry, scene) => {
  const { random } = scene;
  const toxicity = Math.round(random.fraction() * random.fraction() * 1000) / 1000;
  const recipients = 1 + random.integer(9);
  const isHeld = toxicity > 0.85;
  const channel = random.pick(["team", "all", "party", "whisper"]);
  entry.service = "chat";
  entry.severity = isHeld ? "warning" : "info";
  entry.message = isHeld
    ? `message held back by the filter, toxicity ${toxicity}`
    : `message delivered to ${recipients} recipients in channel ${channel}`;
  entry.player_id = scene.player().id;
  if (channel === "team" || channel === "all") entry.match_id = scene.match().id;
  entry.channel = channel;
  entry.lang = random.pick(languages);
  entry.length = 1 + Math.round(random.exponential(28));
  entry.toxicity = toxicity;
};
