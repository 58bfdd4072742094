export { createTokenVerifier } from "./token-verifier.ts";
