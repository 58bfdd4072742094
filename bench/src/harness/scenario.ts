import type { Figure } from "./figure.ts";
import type { Server } from "./server.ts";

/** How long and how much; a quick run says little about speed and finds what is broken. */
export interface Scale {
  readonly isQuick: boolean;
  readonly isFull: boolean;
  /** A data folder that the scenario `search` fills once, and finds again; a temporary one without it. */
  readonly data?: string | undefined;
}

export interface StartOptions {
  readonly data?: string | undefined;
  readonly hasOwnMemoryLimit?: boolean;
  /** What to run instead of the command of `npm start`. */
  readonly command?: string | undefined;
}

export interface Context {
  readonly scale: Scale;
  /**
   * Starts a server on an empty folder, or on the one that is named. Its peak memory counts towards the peak of the
   * whole run, unless its scenario has a limit of its own for that.
   */
  startServer(options?: StartOptions): Promise<Server>;
  /** Makes a temporary folder that does not outlive the benchmark. */
  makeFolder(): Promise<string>;
  /** Tells what is going on, for the one who waits. */
  say(text: string): void;
}

export interface Scenario {
  readonly name: string;
  run(context: Context): Promise<readonly Figure[]>;
}
