// Writes the references that are made from the code. With --check it only names the ones that are stale.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { openApi } from "@log-service/contract";
import { queryReference } from "@log-service/query/reference";
import { apiReference } from "./generate-api.ts";
import { configurationReference } from "./generate-configuration.ts";
import { costPage } from "./generate-cost.ts";
import { errorsReference } from "./generate-errors.ts";
import { limitsReference } from "./generate-limits.ts";
import { sdkTypes } from "./generate-sdk.ts";
import { terraformReadme } from "./generate-terraform.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

const references: Readonly<Record<string, () => string>> = {
  "docs/cost.md": costPage,
  "docs/reference/api.md": apiReference,
  "docs/reference/configuration.md": configurationReference,
  "docs/reference/errors.md": errorsReference,
  "docs/reference/limits.md": limitsReference,
  "docs/reference/openapi.json": () => `${JSON.stringify(openApi(), null, 2)}\n`,
  "docs/reference/query.md": queryReference,
  "packages/sdk/src/api.generated.ts": sdkTypes,
  "terraform/modules/edge/README.md": () => terraformReadme("terraform/modules/edge"),
  "terraform/modules/log-service/README.md": () => terraformReadme("terraform/modules/log-service"),
};

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

const stale = Object.entries(references)
  .map(([name, render]) => ({ name, path: `${root}${name}`, text: render() }))
  .filter(({ path, text }) => read(path) !== text);

if (process.argv.includes("--check")) {
  for (const { name } of stale) console.error(`${name} is stale; npm run fix makes it anew`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { name, path, text } of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${name}`);
  }
}
