import { maskMessage, maskShape } from "./shape.ts";

/** Makes shapes of messages, and remembers those of texts that it has seen. */
export interface Masker {
  shapeOf(message: string): string;
  /** The shape of a message some of whose words are masked already: those in the slots of a template. */
  shapeOfMasked(text: string): string;
}

/** So many texts are remembered; then it begins anew. What is remembered never changes what comes out. */
const rememberedMax = 20_000;

export const createMasker = (): Masker => {
  const shapes = new Map<string, string>();
  const shapeOfMasked = (text: string): string => {
    const known = shapes.get(text);
    if (known !== undefined) return known;
    const shape = maskShape(maskMessage(text));
    if (shapes.size >= rememberedMax) shapes.clear();
    shapes.set(text, shape);
    return shape;
  };
  return { shapeOfMasked, shapeOf: (message) => shapeOfMasked(maskMessage(message)) };
};
