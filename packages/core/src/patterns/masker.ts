import { maskMessage, maskShape } from "./shape.ts";

/** Makes shapes of messages, and remembers those of texts that it has seen. */
export interface Masker {
  /** The shape of a message whose words are masked already. */
  shapeOfMasked(masked: string): string;
  shapeOf(message: string): string;
}

/** So many texts are remembered; then it begins anew. What is remembered never changes what comes out. */
const rememberedMax = 20_000;

export const createMasker = (): Masker => {
  const shapes = new Map<string, string>();
  const shapeOfMasked = (masked: string): string => {
    const known = shapes.get(masked);
    if (known !== undefined) return known;
    const shape = maskShape(masked);
    if (shapes.size >= rememberedMax) shapes.clear();
    shapes.set(masked, shape);
    return shape;
  };
  return { shapeOfMasked, shapeOf: (message) => shapeOfMasked(maskMessage(message)) };
};
