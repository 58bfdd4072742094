import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionOptions, FunctionProcess } from "./function-process.ts";
import { startRuntimeApi } from "./runtime-api.ts";

/** Lambda's own runtime client, from npm; `e2e/runtime` has a lockfile of its own. */
const client = join(
  fileURLToPath(new URL("../../runtime/node_modules", import.meta.url)),
  "aws-lambda-ric/index.mjs",
);

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

/** Runs a function's package under Lambda's own runtime client, frozen between its invocations, as on Lambda. */
export const createRuntimeProcess = async ({
  folder,
  env,
}: FunctionOptions): Promise<FunctionProcess> => {
  let child: ChildProcess | undefined;
  let log = "";
  let turn: Promise<unknown> = Promise.resolve();
  const name = env.AWS_LAMBDA_FUNCTION_NAME ?? "function";
  const api = await startRuntimeApi({
    functionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
    timeoutMs: 30_000,
    onIdle: () => child?.kill("SIGSTOP"),
    onWork: () => child?.kill("SIGCONT"),
  });

  const start = (): ChildProcess => {
    const started = spawn(process.execPath, [client, "index.handler"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...env,
        AWS_LAMBDA_RUNTIME_API: api.address,
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
    const keep = (data: Buffer) => {
      log += data;
    };
    started.stdout.on("data", keep);
    started.stderr.on("data", keep);
    started.once("exit", () => {
      if (child === started) child = undefined;
      api.fail("the environment is gone");
    });
    return started;
  };

  const kill = async () => {
    const running = child;
    if (running === undefined || !isRunning(running)) return;
    const ended = once(running, "exit");
    running.kill("SIGKILL");
    await ended;
  };

  return {
    invoke: (event) => {
      const result = turn.then(() => {
        child ??= start();
        return api.invoke(event);
      });
      turn = result.catch(() => undefined);
      return result;
    },
    kill,
    log: () => log,
    [Symbol.asyncDispose]: async () => {
      await kill();
      await api[Symbol.asyncDispose]();
    },
  };
};
