import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type {
  FunctionUrlEvent,
  FunctionUrlResult,
} from "../../../packages/api/src/hosts/lambda/event.ts";
import type { FunctionAnswer } from "./function-answer.ts";

const runner = fileURLToPath(new URL("./run-function.ts", import.meta.url));

export interface FunctionProcess extends AsyncDisposable {
  invoke(event: FunctionUrlEvent): Promise<FunctionAnswer>;
  /** Invokes it with an event of another kind, whose answer nobody takes; once more for the same request, if it is one. */
  invokeWith?(event: object, requestId: string): Promise<void>;
  /** Kills the environment, as Lambda may at any time; the next invocation gets a new one. */
  kill(): Promise<void>;
  /** What the function has written to its log. */
  log(): string;
}

/** An environment that can be stopped in the middle of what it does, as Lambda does when its time is over. */
export interface FreezableProcess extends FunctionProcess {
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

interface Reply {
  readonly isReady?: true;
  readonly id?: number;
  readonly result?: FunctionUrlResult | null;
  readonly error?: string;
}

export interface FunctionOptions {
  /** The unzipped package. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a function's package in a process of its own with nothing but its own environment, one event at a time. */
export const createFunctionProcess = ({ folder, env }: FunctionOptions): FreezableProcess => {
  let child: Promise<ChildProcess> | undefined;
  let log = "";
  let turn: Promise<unknown> = Promise.resolve();
  let lastId = 0;

  const start = async (): Promise<ChildProcess> => {
    const started = fork(runner, [folder], { env: { ...env }, execArgv: [], silent: true });
    const keep = (data: Buffer) => {
      log += data;
    };
    started.stdout?.on("data", keep);
    started.stderr?.on("data", keep);
    const failed = once(started, "exit").then(() => {
      throw new Error(`the function cannot start:\n${log}`);
    });
    await Promise.race([once(started, "message"), failed]);
    failed.catch(() => undefined);
    started.once("exit", () => {
      child = undefined;
    });
    return started;
  };

  const send = async (
    event: object,
    requestId: string | undefined,
  ): Promise<FunctionUrlResult | null> => {
    child ??= start();
    const running = await child;
    const id = ++lastId;
    const { promise, resolve, reject } = Promise.withResolvers<FunctionUrlResult | null>();
    const onMessage = (reply: Reply) => {
      if (reply.id !== id) return;
      if (reply.result !== undefined) resolve(reply.result);
      else reject(new Error(`${reply.error}\n${log}`));
    };
    const onExit = () => reject(new Error("the environment is gone"));
    running.on("message", onMessage).once("exit", onExit);
    try {
      // Without a callback, what cannot be sent to an environment that was killed a moment ago would end this process.
      running.send({ id, event, requestId }, (error) => error && reject(error));
      return await promise;
    } finally {
      running.off("message", onMessage).off("exit", onExit);
    }
  };

  const kill = async () => {
    const running = await child?.catch(() => undefined);
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, "exit");
    running.kill("SIGKILL");
    await ended;
  };

  const signal = async (name: "SIGSTOP" | "SIGCONT") => {
    (await child)?.kill(name);
  };

  const inTurn = (event: object, requestId?: string): Promise<FunctionUrlResult | null> => {
    const result = turn.then(() => send(event, requestId));
    turn = result.catch(() => undefined);
    return result;
  };

  return {
    invoke: async (event) => {
      const answer = await inTurn(event);
      if (answer === null) throw new Error("the function gave no answer");
      return answer;
    },
    invokeWith: async (event, requestId) => {
      await inTurn(event, requestId);
    },
    kill,
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    log: () => log,
    [Symbol.asyncDispose]: kill,
  };
};
