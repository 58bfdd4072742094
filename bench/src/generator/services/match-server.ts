import type { GameEntry } from "../entry.ts";
import type { Fill, Match, Scene } from "../scene.ts";
import { weapons } from "../vocabulary.ts";

const elimination = (entry: GameEntry, { random }: Scene, match: Match): void => {
  const killer = random.pick(match.roster);
  const victim = random.pick(match.roster);
  const weapon = random.pick(weapons);
  entry.severity = "info";
  entry.message = `${killer.id} eliminated ${victim.id} with ${weapon}`;
  entry.player_id = killer.id;
  entry.victim_id = victim.id;
  entry.weapon = weapon;
  entry.map = match.map;
  entry.distance_m = Math.round(random.exponential(22) * 100) / 100;
  if (random.chance(0.22)) entry.headshot = true;
};

const tickReport = (entry: GameEntry, { random, isIncident }: Scene): void => {
  const tickMs = Math.round((11 + random.exponential(isIncident ? 25 : 2.5)) * 1000) / 1000;
  const isSlow = tickMs > 20;
  entry.severity = isSlow ? "warning" : "info";
  if (!isSlow) entry.level = "debug";
  entry.message = isSlow
    ? `slow tick: ${tickMs} ms, the budget is 16.667 ms`
    : "tick statistics for the last second";
  entry.tick_ms = tickMs;
  entry.players = 4 + random.integer(7);
  entry.entities = 200 + random.integer(1800);
};

const objective = (entry: GameEntry, { random }: Scene, match: Match): void => {
  const player = random.pick(match.roster);
  const point = random.pick(["A", "B", "C"]);
  entry.severity = "info";
  entry.message = `team ${random.pick(["red", "blue"])} captured point ${point}`;
  entry.player_id = player.id;
  entry.score_red = random.integer(200);
  entry.score_blue = random.integer(200);
};

const desync = (entry: GameEntry, { random }: Scene, match: Match): void => {
  const player = random.pick(match.roster);
  entry.severity = "error";
  entry.message = `state of ${player.id} diverged: expected checksum ${random.hex(1)}, got ${random.hex(1)}`;
  entry.player_id = player.id;
  entry.rewound_ticks = 1 + random.integer(64);
};

/** The simulation: what happens in a match. */
export const matchServer: Fill = (entry, scene) => {
  const { random } = scene;
  const match = scene.match();
  entry.service = "match-server";
  const draw = random.fraction();
  if (draw < 0.5) elimination(entry, scene, match);
  else if (draw < 0.78) tickReport(entry, scene);
  else if (draw < 0.98) objective(entry, scene, match);
  else desync(entry, scene, match);
  match.tick += 1 + random.integer(40);
  entry.match_id = match.id;
  entry.tick = match.tick;
};
