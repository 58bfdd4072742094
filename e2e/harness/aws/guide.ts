import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A block of commands in a document, under its nearest heading. */
export interface Block {
  readonly heading: string;
  readonly commands: string;
  /** Why it cannot be run here, as the block itself says. */
  readonly isForSyntaxOnly: boolean;
}

/** The blocks of commands of a document, in its order. */
export const blocksOf = (document: string): Block[] => {
  const text = readFileSync(`${root}${document}`, "utf8");
  let heading = "";
  return [...text.matchAll(/^#{2,3} (.+)$|^```bash\n([\s\S]*?)^```$/gm)].flatMap(
    ([, title, commands]) => {
      if (title !== undefined) heading = title;
      if (commands === undefined) return [];
      const isForSyntaxOnly = commands.startsWith("# Checked for syntax only");
      return [{ heading, commands, isForSyntaxOnly }];
    },
  );
};

/** Sends commands that name the example to its working copy, and answers what they would ask. */
const prelude = `set -euo pipefail
npm() {
  case "$2" in
    deploy) shift 2; [ "\${1:-}" != -- ] || shift; node scripts/deploy.mjs --root "$ROOT" --yes --skip-tests "$@" ;;
    destroy) shift 2; [ "\${1:-}" != -- ] || shift; node scripts/destroy.mjs --root "$ROOT" --yes "$@" ;;
    *) command npm "$@" ;;
  esac
}
terraform() { command terraform "\${@//terraform\\/examples\\/minimal/$ROOT}"; }
`;

/** The AWS command line checks its arguments, and shows what an answer looks like instead of asking for one. */
const withoutCalls = `set -euo pipefail
aws() { command aws "$@" --generate-cli-skeleton output; }
`;

/** Runs a block; of one that says that it cannot be run, checks the syntax, and the arguments of `aws`. */
export const runBlock = async (
  { commands, isForSyntaxOnly }: Block,
  env: NodeJS.ProcessEnv,
): Promise<void> => {
  const bash = (...args: readonly string[]) =>
    promisify(execFile)("bash", args, { cwd: root, env });
  if (!isForSyntaxOnly) {
    await bash("-c", prelude + commands);
    return;
  }
  await bash("-n", "-c", commands);
  await bash("-c", withoutCalls + (commands.match(/^aws .*$/gm) ?? []).join("\n"));
};
