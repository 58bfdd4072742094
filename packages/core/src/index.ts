export * from "./chunk/index.ts";
export * from "./entry/index.ts";
export * from "./errors.ts";
export * from "./store.ts";
