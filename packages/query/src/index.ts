export type { Filter } from "./filter.ts";
