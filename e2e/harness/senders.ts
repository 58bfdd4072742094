import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

interface Sender {
  readonly language: string;
  readonly program: string;
  readonly path: string;
}

const pathOf = (file: string) => fileURLToPath(new URL(`../../examples/${file}`, import.meta.url));

const senders: readonly Sender[] = [
  { language: "bash", program: "bash", path: pathOf("bash/send.sh") },
  { language: "python", program: "python3", path: pathOf("python/send.py") },
  { language: "node", program: "node", path: pathOf("node/send.mjs") },
  { language: "java", program: "java", path: pathOf("java/Send.java") },
];

/** The senders of the examples whose language is on this machine. */
export const installedSenders = senders.filter(
  ({ program }) => spawnSync(program, ["--version"]).status === 0,
);

/** The languages of the other ones. */
export const missingLanguages = senders
  .filter((sender) => !installedSenders.includes(sender))
  .map(({ language }) => language);
