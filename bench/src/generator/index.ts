export { type GameEntry, toJson } from "./entry.ts";
export { createGenerator, type Generator, type GeneratorOptions } from "./generator.ts";
