import type { Handler } from "../../handler.ts";
import { json } from "../json.ts";

export const handler: Handler = async () => json(200, { status: "ok" });
