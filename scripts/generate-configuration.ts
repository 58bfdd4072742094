import { type Setting, settings } from "../packages/api/src/hosts/config.ts";
import { code, madeBy, page, table } from "./markdown.ts";

const rows = () =>
  settings.map(({ name, flag, default: value, description }: Setting) => [
    code(name),
    flag === undefined ? "" : code(flag),
    value === "" ? "" : code(value),
    description,
  ]);

export const configurationReference = (): string =>
  page([
    madeBy("`packages/api/src/hosts/config.ts`"),
    "# Configuration",
    "Settings of the server that `npm start` runs. An environment variable sets one, and for some a flag does, which wins:\n`npm start -- --port 8080`. A wrong value stops the start, with every problem named at once.",
    table(["Variable", "Flag", "Default", "Meaning"], rows()),
  ]);
