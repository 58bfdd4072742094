import type { Handler } from "../../handler.ts";

export const handler: Handler = async ({ deps }) => {
  const { contentType, text } = await deps.metrics.render();
  return { status: 200, headers: { "content-type": contentType }, body: text };
};
