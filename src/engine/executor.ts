import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { answer, type Call, type Reply } from "./call.ts";
import { moduleUrl } from "./task.ts";

/** Something that answers calls, up to `width` at a time. */
export interface Executor {
  readonly width: number;
  /** Rejects where the worker died or was stopped. */
  run(call: Call): Promise<Reply>;
  /** Stops what is running. */
  stop(): Promise<void>;
}

/**
 * @param workers threads; 0 runs in this process; undefined is all cores. @param tasks how many are to come: no more
 * threads are started. @throws RangeError where workers is no whole number from 0 on.
 */
export function createExecutor(workers: number | undefined, tasks: number): Executor {
  const wanted = workers ?? availableParallelism();
  if (!Number.isInteger(wanted) || wanted < 0) throw new RangeError(`workers: ${wanted} is no whole number from 0 on`);
  return wanted === 0 ? inProcess() : onThreads(Math.max(1, Math.min(wanted, tasks)));
}

function inProcess(): Executor {
  return { width: 1, run: answerAfterPause, stop: async () => {} };
}

/** The pause lets timers and Ctrl-C through between two calls that compute. */
async function answerAfterPause(call: Call): Promise<Reply> {
  await new Promise((resolve) => setImmediate(resolve));
  return answer(call);
}

function onThreads(width: number): Executor {
  const filename = fileURLToPath(compiledUrl(moduleUrl("./worker.ts", import.meta.url)));
  const pool = new Piscina<Call, Reply>({ filename, minThreads: width, maxThreads: width });
  return {
    width,
    run: (call) => pool.run({ ...call, module: compiledUrl(call.module) }),
    stop: () => pool.destroy(),
  };
}

/** Threads run JavaScript: where the engine runs from its source (tests), modules are taken from dist/, built before. */
function compiledUrl(url: string): string {
  const root = new URL("../../", import.meta.url).href;
  const source = `${root}src/`;
  if (!url.startsWith(source)) return url;
  return `${root}dist/${url.slice(source.length).replace(/\.ts$/, ".js")}`;
}
