// Loaded before a server (`node --import`): SIGUSR2 collects its garbage, so that what is held can be told from what is not.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
process.on("SIGUSR2", () => collect());
