import type { LogEntry } from "@log-service/sdk";
import { withTerm } from "../../query-text/edit-query.ts";
import { identitiesOf } from "./entry-fields.ts";

interface Choice {
  readonly name: string;
  /** What neighbours have to match. */
  readonly q: string;
  readonly title: string;
}

/** Whose entries may be looked at around an entry: everybody's, those of its service, of its player, of its trace. */
export const choicesOf = (entry: LogEntry): readonly Choice[] => {
  const { service } = entry;
  const shared = [
    ...(service ? [{ what: "service", field: "service", value: service }] : []),
    ...identitiesOf(entry),
  ];
  return [
    { name: "All", q: "", title: "Everything that was logged" },
    ...shared.map(({ what, field, value }) => {
      const q = withTerm("", { field, value });
      return { name: `Same ${what}`, q, title: q };
    }),
  ];
};
