import type { ErrorCode } from "../errors.ts";
import type { Damage } from "../store.ts";

/** Something about an answer that its reader should know. */
export interface Warning {
  readonly code: ErrorCode | "BUDGET_SPENT" | "GROUPS_LIMITED";
  readonly message: string;
}

/** How many damaged parts an answer lists; a disk that fails damages thousands, and all are in the log. */
const warningsMax = 20;

const damageWarning = ({ part }: Damage): Warning => ({
  code: "CHUNK_CORRUPT",
  message: `${part} is damaged and left out`,
});

interface WarningDeps {
  readonly onDamage: (damage: Damage & { readonly tenant: string }) => void;
}

/** Collects what is to be said of an answer, and passes on which parts of the store are damaged. */
export const collectWarnings = (deps: WarningDeps, tenant: string) => {
  const warnings: Warning[] = [];
  const onDamage = (damage: Damage): void => {
    if (warnings.length < warningsMax) warnings.push(damageWarning(damage));
    deps.onDamage({ ...damage, tenant });
  };
  return { warnings, onDamage };
};
