import { parse } from "@log-service/query";
import { expect, it } from "vitest";
import { syntaxGroups } from "./syntax-groups.ts";

it.each(syntaxGroups.flatMap(({ examples }) => examples.map(([query]) => query)))(
  "%s means what it says",
  (query) => {
    expect(parse(query)).toMatchObject({ problems: [], hints: [] });
  },
);
