import type { Handler } from "../../handler.ts";
import { json } from "../json.ts";

export const handler: Handler = async ({ deps }) => {
  const store = await deps.service.check();
  return json(200, { status: "ready", store });
};
