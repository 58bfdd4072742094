import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionOptions, FunctionProcess } from "./function-process.ts";
import { type RuntimeApi, startRuntimeApi } from "./runtime-api.ts";

/** Lambda's own runtime client, from npm; `e2e/runtime` has a lockfile of its own. */
const client = join(
  fileURLToPath(new URL("../../runtime/node_modules", import.meta.url)),
  "aws-lambda-ric/index.mjs",
);

interface Environment {
  readonly child: ChildProcess;
  readonly api: RuntimeApi;
  /** Resolves when it is gone, and its Runtime API with it. */
  readonly ended: Promise<void>;
}

/** Runs a function's package under Lambda's own runtime client, frozen between its invocations, as on Lambda. */
export const createRuntimeProcess = async ({
  folder,
  env,
}: FunctionOptions): Promise<FunctionProcess> => {
  let current: Promise<Environment> | undefined;
  let log = "";
  let turn: Promise<unknown> = Promise.resolve();
  const name = env.AWS_LAMBDA_FUNCTION_NAME ?? "function";

  const spawnClient = (address: string): ChildProcess =>
    spawn(process.execPath, [client, "index.handler"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...env,
        AWS_LAMBDA_RUNTIME_API: address,
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: "index.handler",
        AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
        AWS_LAMBDA_FUNCTION_VERSION: "1",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
        AWS_LAMBDA_LOG_STREAM_NAME: "stream",
        AWS_LAMBDA_LOG_FORMAT: "JSON",
      },
    });

  /** Each environment has a Runtime API of its own: what one asked for before it died is never answered to the next. */
  const start = async (): Promise<Environment> => {
    let child: ChildProcess | undefined;
    const api = await startRuntimeApi({
      functionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
      timeoutMs: 30_000,
      onIdle: () => child?.kill("SIGSTOP"),
      onWork: () => child?.kill("SIGCONT"),
    });
    child = spawnClient(api.address);
    const keep = (data: Buffer) => {
      log += data;
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    const ended = once(child, "exit").then(async () => {
      current = undefined;
      api.fail("the environment is gone");
      await api[Symbol.asyncDispose]();
    });
    return { child, api, ended };
  };

  const end = async () => {
    const running = await current;
    running?.child.kill("SIGKILL");
    await running?.ended;
  };

  return {
    invoke: (event) => {
      const result = turn.then(async () => {
        current ??= start();
        const { api } = await current;
        return await api.invoke(event);
      });
      turn = result.catch(() => undefined);
      return result;
    },
    kill: end,
    log: () => log,
    [Symbol.asyncDispose]: end,
  };
};
