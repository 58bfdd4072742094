export { type GameEntry, toJson } from "./entry.ts";
export { createGenerator, type Generator } from "./generator.ts";
