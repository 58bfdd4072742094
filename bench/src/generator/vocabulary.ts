/** The closed vocabularies of the game: everything here is a low-cardinality string. */

export const regions = ["eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-northeast-1"];

export const builds = ["1.42.0-8801", "1.42.1-8817", "1.42.2-8840"];

export const maps = ["harbor", "citadel", "dustline", "overgrowth", "foundry", "glacier", "atrium"];

export const modes = ["ranked", "casual", "duel", "siege"];

export const weapons = [
  "plasma_rifle",
  "longbow",
  "sidearm",
  "shotgun",
  "railgun",
  "frag_grenade",
  "knife",
];

export const platforms = ["windows", "linux", "ps5", "xbox", "switch"];

export const currencies = ["EUR", "USD", "GBP", "JPY", "BRL"];

export const skus = [
  "coins_500",
  "coins_1200",
  "coins_2800",
  "battle_pass_s7",
  "skin_ember_fox",
  "skin_midnight_warden",
  "bundle_starter",
  "emote_wave",
];

export const languages = ["en", "de", "pt", "ja", "es", "pl", "fr"];

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly latencyMs: number;
}

export const routes: readonly Route[] = [
  { method: "GET", path: "/v2/inventory/items", latencyMs: 18 },
  { method: "GET", path: "/v2/profile", latencyMs: 9 },
  { method: "POST", path: "/v2/matchmaking/tickets", latencyMs: 31 },
  { method: "GET", path: "/v2/matchmaking/tickets/{id}", latencyMs: 6 },
  { method: "PUT", path: "/v2/loadout", latencyMs: 24 },
  { method: "GET", path: "/v2/leaderboards/weekly", latencyMs: 55 },
  { method: "POST", path: "/v2/telemetry", latencyMs: 4 },
  { method: "GET", path: "/v2/friends", latencyMs: 14 },
  { method: "POST", path: "/v2/store/checkout", latencyMs: 140 },
];

export const disconnectReasons = ["timeout", "quit", "kicked", "network_error"];

export interface Crash {
  readonly exception: string;
  readonly reason: string;
  readonly frames: readonly string[];
}

/** Each crash has its own call chain; addresses and lines in it differ from one crash to the next. */
export const crashes: readonly Crash[] = [
  {
    exception: "NullReferenceException",
    reason: "object reference not set to an instance of an object",
    frames: [
      "Game.Inventory.SlotView.Refresh",
      "Game.Inventory.InventoryPanel.OnItemChanged",
      "Game.Events.EventBus.Dispatch",
      "Game.Net.ReplicationClient.ApplyDelta",
      "Game.Net.ReplicationClient.Pump",
      "Game.Loop.GameLoop.Tick",
    ],
  },
  {
    exception: "IndexOutOfRangeException",
    reason: "index was outside the bounds of the array",
    frames: [
      "Game.Anim.BlendTree.Evaluate",
      "Game.Anim.Animator.Update",
      "Game.World.ActorSystem.UpdateActors",
      "Game.World.World.Step",
      "Game.Loop.GameLoop.Tick",
    ],
  },
  {
    exception: "SIGSEGV",
    reason: "invalid read of 8 bytes",
    frames: [
      "render::CommandList::submit",
      "render::FrameGraph::execute",
      "render::Renderer::present",
      "engine::Window::swap",
      "engine::Engine::run_frame",
      "engine::main_loop",
      "main",
    ],
  },
  {
    exception: "OutOfMemoryError",
    reason: "failed to allocate a texture",
    frames: [
      "gfx::TexturePool::allocate",
      "gfx::StreamingTexture::request_mip",
      "gfx::Streamer::process_queue",
      "engine::JobSystem::worker",
    ],
  },
];
