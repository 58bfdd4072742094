import type { Shape } from "../client/shape.ts";
import { rareCount, rareWord } from "./search-queries.ts";

/** Batches, three of which have the rare word in one message each. */
export const withRareWord = (shape: Shape, count: number): Shape => {
  const requests = Math.ceil(count / shape.entriesPerRequest);
  const places = Array.from({ length: rareCount }, (_, index) =>
    Math.floor(((index + 0.5) * requests) / rareCount),
  );
  let turn = 0;
  return {
    ...shape,
    body: (generator, producer) => {
      const body = shape.body(generator, producer);
      return places.includes(turn++)
        ? body.replace('"message":"', `"message":"${rareWord} `)
        : body;
    },
  };
};
