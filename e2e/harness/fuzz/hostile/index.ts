import { compressed, headers } from "./encodings.ts";
import type { HostileBody } from "./hostile-body.ts";
import { notJson, structures } from "./structures.ts";
import { numbers, texts, times } from "./values.ts";

export type { HostileBody, Outcome } from "./hostile-body.ts";

/** Every kind of hostile body, with what must become of it. */
export const hostileBodies: readonly HostileBody[] = [
  ...notJson,
  ...structures,
  ...texts,
  ...numbers,
  ...times,
  ...compressed,
  ...headers,
];
