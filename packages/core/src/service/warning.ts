import type { ErrorCode } from "../errors.ts";
import type { Damage } from "../store.ts";

/** Something about an answer that its reader should know. */
export interface Warning {
  readonly code: ErrorCode | "BUDGET_SPENT" | "GROUPS_LIMITED";
  readonly message: string;
}

/** How many damaged parts an answer lists; a disk that fails damages thousands, and all are in the log. */
export const warningsMax = 20;

export const damageWarning = ({ part }: Damage): Warning => ({
  code: "CHUNK_CORRUPT",
  message: `${part} is damaged and left out`,
});
