import type { GameEntry } from "./entry.ts";
import type { Random } from "./random.ts";

/** Someone who plays, with the ids under which logs know them. */
export interface Player {
  /** As in "p-1482711": the game's own id. */
  readonly id: string;
  /** 17 digits, as Steam has them: beyond 2^53. */
  readonly platformId: string;
}

/** A match that runs on the producer's machine. */
export interface Match {
  readonly id: string;
  readonly map: string;
  readonly mode: string;
  readonly roster: readonly Player[];
  tick: number;
  entriesLeft: number;
}

/** What a service sees when it writes its next entry. */
export interface Scene {
  readonly random: Random;
  /** Where the producer's machine stands, as in "eu-west-1". */
  readonly region: string;
  /** Something is broken now, and most requests fail. */
  isIncident: boolean;
  player(): Player;
  match(): Match;
}

/** Completes an entry: sets severity, service and message, and adds the attributes of the service. */
export type Fill = (entry: GameEntry, scene: Scene) => void;
