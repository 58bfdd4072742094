import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A block at the left margin, as `terraform fmt` leaves it: `variable "name" {` to the next `}` there. */
export interface Block {
  readonly kind: string;
  readonly name: string;
  readonly body: string;
}

/** Sorted without their ending, so that `variables.tf` comes before `variables-tables.tf`. */
export const filesOf = (folder: string, ending: string): string[] =>
  globSync(`${folder}/**/*${ending}`, { cwd: root, exclude: ["**/.terraform/**"] })
    .map((path) => path.replaceAll("\\", "/").slice(0, -ending.length))
    .toSorted()
    .map((path) => `${path}${ending}`);

export const textOf = (path: string): string => readFileSync(`${root}${path}`, "utf8");

/** The blocks of the folder's files, in the order of files and lines. */
export const blocksOf = (folder: string, ending = ".tf"): Block[] =>
  filesOf(folder, ending).flatMap((path) =>
    [...textOf(path).matchAll(/^(\w+)(?: "[^"]*")*? "([^"]+)" \{\n([\s\S]*?)^\}$/gm)].map(
      ([, kind = "", name = "", body = ""]) => ({ kind, name, body }),
    ),
  );

/** The text of an argument of the block in one line; undefined when it has none. */
export const argumentOf = (block: Block, name: string): string | undefined => {
  const lines = block.body.split("\n");
  const start = lines.findIndex((line) => new RegExp(`^ {2}${name} += `).test(line));
  if (start < 0) return undefined;
  const first = lines[start] ?? "";
  const closing = /[([{]$/.test(first)
    ? lines.findIndex((line, at) => at > start && /^ {2}[)\]}]/.test(line))
    : start;
  const text = lines.slice(start, closing + 1).join("\n");
  // Line ends part the members of an object; in one line commas must, but not after or before a bracket.
  const parted = text.replaceAll(/(?<![([{,])\n\s*(?![)\]}\s])/g, ", ");
  return parted.replace(/^ *\w+ += /, "").replaceAll(/\s+/g, " ");
};
