import { depthMax } from "../grammar.ts";
import type { ExampleEntry, OperatorDocs } from "../operators/operator.ts";
import { regexesMax } from "../operators/regex.ts";
import { queryLengthMax } from "../parse.ts";
import { operatorDocs } from "./operators.ts";

export { operatorDocs };

const code = (text: string): string => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

const cell = (text: string): string => text.replaceAll("|", "\\|");

const entriesOf = (entries: readonly ExampleEntry[]): string =>
  entries.map((entry) => code(JSON.stringify(entry))).join("<br>");

const sectionOf = ({ title, syntax, meaning, examples }: OperatorDocs): string => {
  const rows = examples.map(({ query, finds, misses }) =>
    [code(query), entriesOf(finds), entriesOf(misses)].map(cell).join(" | "),
  );
  return [
    `## ${title}`,
    syntax.map(code).join(" · "),
    meaning,
    ["Query | finds | does not find", "--- | --- | ---", ...rows]
      .map((row) => `| ${row} |`)
      .join("\n"),
  ].join("\n\n");
};

/** Writes `docs/reference/query.md`. */
export const queryReference = (): string =>
  `${[
    "<!-- Made from `packages/query/src/operators`; changes here are lost. -->",
    "# The query language: reference",
    "Every operator, its exact meaning, and examples that a test runs. [The query language](../query-language.md) " +
      "is the page to learn it from. In the examples an entry has the severity `info` and the message `-` where " +
      "nothing is said.",
    ...operatorDocs.map(sectionOf),
    "## Limits",
    [
      `- A query has at most ${queryLengthMax.toLocaleString("en-US")} characters (UTF-16 code units).`,
      `- Parentheses nest at most ${depthMax} levels deep.`,
      `- It holds at most ${regexesMax} regular expressions.`,
    ].join("\n"),
  ].join("\n\n")}\n`;
