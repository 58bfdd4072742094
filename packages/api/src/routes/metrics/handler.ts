import type { Handler } from "../../handler.ts";

export const handler: Handler = async ({ deps }) => {
  const { contentType, text } = await deps.metrics.render();
  return new Response(text, { headers: { "content-type": contentType } });
};
