import { type Setting, settings } from "../packages/api/src/hosts/config.ts";
import { lambdaSettings } from "../packages/api/src/hosts/lambda/config.ts";
import { code, madeBy, page, table } from "./markdown.ts";

const rows = () =>
  settings.map(({ name, flag, default: value, description }: Setting) => [
    code(name),
    flag === undefined ? "" : code(flag),
    value === "" ? "" : code(value),
    description,
  ]);

const lambdaRows = () =>
  lambdaSettings.map(({ name, default: value, description }) => [
    code(name),
    value === "" ? "" : code(value),
    description,
  ]);

export const configurationReference = (): string =>
  page([
    madeBy("`packages/api/src/hosts/config.ts` and `hosts/lambda/config.ts`"),
    "# Configuration",
    "Settings of the server that `npm start` runs. An environment variable sets one, and for some a flag does, which wins:\n`npm start -- --port 8080`. A wrong value stops the start, with every problem named at once.\nA variable that is named like a setting and is none is warned of in the server's log, with the setting that was probably meant.",
    table(["Variable", "Flag", "Default", "Meaning"], rows()),
    "## On AWS",
    "Settings of the functions. Terraform sets the tables, the retention and how the URL invokes; others go into `ingest.environment`,\n`read.environment` and `maintenance.environment` of its module. A function with a wrong value does not start, and its log says why.",
    table(["Variable", "Default", "Meaning"], lambdaRows()),
  ]);
