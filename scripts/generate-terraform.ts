import { code, table } from "./markdown.ts";
import { argumentOf, type Block, blocksOf, textOf } from "./terraform-blocks.ts";

const described = (block: Block): string =>
  // A description is a string of HCL without templates, which is one of JSON, too.
  JSON.parse(argumentOf(block, "description") ?? '""');

const variables = (blocks: readonly Block[]): string =>
  table(
    ["Input", "Type", "Default", "Meaning"],
    blocks
      .filter(({ kind }) => kind === "variable")
      .map((block) => [
        code(block.name),
        code(argumentOf(block, "type") ?? "any"),
        block.body.includes("\n  default ") || block.body.startsWith("  default ")
          ? code(argumentOf(block, "default") ?? "")
          : "required",
        described(block),
      ]),
  );

const outputs = (blocks: readonly Block[]): string =>
  table(
    ["Output", "Meaning"],
    blocks
      .filter(({ kind }) => kind === "output")
      .map((block) => [code(block.name), described(block)]),
  );

/** The README of a module with its tables of inputs and outputs made anew, between their two comments. */
export const terraformReadme = (folder: string): string => {
  const blocks = blocksOf(folder);
  const made = `<!-- tables: made from variables*.tf and outputs.tf by \`npm run fix\` -->\n\n${variables(blocks)}\n\n${outputs(blocks)}\n\n<!-- end of tables -->`;
  return textOf(`${folder}/README.md`).replace(
    /<!-- tables:[\s\S]*<!-- end of tables -->/,
    () => made,
  );
};
