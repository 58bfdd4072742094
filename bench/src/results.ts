import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Section } from "./report.ts";

/** The last measurement of each scenario, one file each, so that one can be measured anew by itself. */
export const createResults = (folder: string) => {
  const pathOf = (scenario: string): string => join(folder, `${scenario}.json`);

  const load = async (scenario: string): Promise<Section | undefined> => {
    try {
      return JSON.parse(await readFile(pathOf(scenario), "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined; // what `readFile` throws
      throw error;
    }
  };

  return {
    save: async (section: Section): Promise<void> => {
      await mkdir(folder, { recursive: true });
      await writeFile(pathOf(section.scenario), `${JSON.stringify(section, null, 2)}\n`);
    },
    /** Those that were ever measured, in the order of their names here. */
    loadAll: async (scenarios: readonly string[]): Promise<Section[]> => {
      const sections = await Promise.all(scenarios.map(load));
      return sections.filter((section) => section !== undefined);
    },
  };
};
