export * from "./entry.ts";
export * from "./limits.ts";
export * from "./log-id.ts";
