import { choiceParameter } from "../parameter.ts";

/** The end of the range to begin at. */
export const orderParameter = choiceParameter({
  description: "The end to begin at.",
  choices: ["newest", "oldest"],
  absent: "newest",
  example: "oldest",
});
