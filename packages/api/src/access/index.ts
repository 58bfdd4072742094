export { createAccess } from "./access.ts";
export { createApiKey } from "./api-key.ts";
export { createQuotas } from "./quotas.ts";
