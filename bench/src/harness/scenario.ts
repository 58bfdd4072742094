import type { Figure } from "./figure.ts";
import type { Server } from "./server.ts";

/** How long and how much; a quick run says little about speed and finds what is broken. */
export interface Scale {
  readonly isQuick: boolean;
  readonly isFull: boolean;
}

export interface Context {
  readonly scale: Scale;
  /** Starts a server on an empty folder. Its peak memory counts towards the peak of the whole run. */
  startServer(): Promise<Server>;
  /** Tells what is going on, for the one who waits. */
  say(text: string): void;
}

export interface Scenario {
  readonly name: string;
  run(context: Context): Promise<readonly Figure[]>;
}
