import { readFile } from "node:fs/promises";

/** What `npm start` runs, with modules that are loaded before it. */
export const startCommand = async (preloads: readonly string[]): Promise<string> => {
  const { scripts } = JSON.parse(
    await readFile(new URL("../../../package.json", import.meta.url), "utf8"),
  );
  const imports = preloads.map((url) => `--import=${url}`).join(" ");
  return `NODE_OPTIONS="$NODE_OPTIONS ${imports}" ${scripts.start}`;
};
