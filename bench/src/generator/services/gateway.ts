import type { GameEntry } from "../entry.ts";
import type { Fill, Scene } from "../scene.ts";
import { builds, disconnectReasons, routes } from "../vocabulary.ts";

const statusOf = ({ random, isIncident }: Scene): number => {
  const draw = random.fraction();
  if (draw < (isIncident ? 0.55 : 0.046)) return random.pick([500, 502, 503, 504]);
  if (draw > 0.95) return random.pick([400, 401, 404, 409, 429]);
  return draw > 0.9 ? 201 : 200;
};

const request = (entry: GameEntry, scene: Scene): void => {
  const { random } = scene;
  const route = random.pick(routes);
  const status = statusOf(scene);
  const isFailure = status >= 500;
  const latencyMs =
    Math.round(random.exponential(route.latencyMs * (isFailure ? 20 : 1)) * 10) / 10;
  entry.severity = isFailure ? "error" : status >= 400 ? "warning" : "info";
  entry.message = isFailure
    ? `${route.method} ${route.path} failed: upstream returned ${status} after ${latencyMs} ms`
    : `${route.method} ${route.path} ${status} in ${latencyMs} ms`;
  entry.player_id = scene.player().id;
  entry["http.status"] = status;
  entry.latency_ms = latencyMs;
  entry.bytes = 180 + random.integer(9000);
  entry.region = scene.region;
};

const login = (entry: GameEntry, scene: Scene): void => {
  const { random } = scene;
  const player = scene.player();
  entry.severity = "info";
  entry.message = `player ${player.id} logged in from ${10 + random.integer(213)}.${random.integer(256)}.${random.integer(256)}.${random.integer(256)}`;
  entry.player_id = player.id;
  entry.platform_id = player.platformId;
  entry.build = random.pick(builds);
  entry.region = scene.region;
};

const disconnect = (entry: GameEntry, scene: Scene): void => {
  const { random } = scene;
  const player = scene.player();
  const reason = random.pick(disconnectReasons);
  entry.severity = reason === "network_error" ? "warning" : "info";
  entry.message =
    reason === "network_error"
      ? "connection reset by peer"
      : `player ${player.id} disconnected: ${reason}`;
  entry.player_id = player.id;
  entry.reason = reason;
  entry.session_s = Math.round(random.exponential(1800));
  entry.build = random.pick(builds);
  entry.region = scene.region;
};

/** The edge: requests, log-ins and lost connections. */
export const gateway: Fill = (entry, scene) => {
  entry.service = "gateway";
  const draw = scene.random.fraction();
  if (draw < 0.8) request(entry, scene);
  else if (draw < 0.92) login(entry, scene);
  else disconnect(entry, scene);
};
