import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { answer, type Call, type Reply } from "./call.ts";
import { interruptible } from "./interruptible.ts";
import { compileKernels } from "./kernels.ts";
import { createLastWords, type LastWords, readLastWords } from "./last-words.ts";
import { compiledUrl } from "./module-names.ts";
import { moduleUrl } from "./task.ts";

/** Something that answers calls, up to `width` at a time. */
export interface Executor {
  readonly width: number;
  /** Rejects where the worker died, twice, or was stopped. @param signal breaks this call off. */
  run(call: Call, signal?: AbortSignal): Promise<Reply>;
  /** Stops what is running. */
  stop(): Promise<void>;
}

/**
 * @param workers threads; 0 runs in this process; undefined is all cores. @param tasks how many are to come: no more
 * threads than that are started. @throws RangeError where workers is no whole number from 0 on.
 */
export function createExecutor(workers: number | undefined, tasks: number): Executor {
  const wanted = workers ?? availableParallelism();
  if (!Number.isInteger(wanted) || wanted < 0) throw new RangeError(`workers: ${wanted} is no whole number from 0 on`);
  return wanted === 0 || tasks === 0 ? inProcess() : onThreads(Math.max(1, Math.min(wanted, tasks)));
}

/** What a task awaits when the executor is stopped goes on unheard; what computes is broken off by Ctrl-C only. */
function inProcess(): Executor {
  const halts = new Set<() => void>();
  // Not a race against one promise of all calls: that would keep every reply for as long as it is pending.
  const run = (call: Call) =>
    new Promise<Reply>((resolve, reject) => {
      const halt = () => reject(new Error("the executor was stopped"));
      halts.add(halt);
      answerAfterPause(call)
        .finally(() => halts.delete(halt))
        .then(resolve, reject);
    });
  return {
    width: 1,
    run,
    stop: async () => {
      for (const halt of halts) halt();
    },
  };
}

/** The pause lets timers and Ctrl-C through between two calls that compute. */
async function answerAfterPause(call: Call): Promise<Reply> {
  await new Promise((resolve) => setImmediate(resolve));
  return answer(call, interruptible);
}

/** Threads that die with a call are replaced, and the call is tried once more. */
function onThreads(width: number): Executor {
  const filename = fileURLToPath(compiledUrl(moduleUrl("./thread.ts", import.meta.url)));
  const pool = new Piscina<Call & { readonly lastWords: LastWords }, Reply>({
    filename,
    minThreads: width,
    maxThreads: width,
    workerData: { kernels: compileKernels() },
  });
  let stopped = false;

  async function run(call: Call, signal?: AbortSignal): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      const lastWords = createLastWords();
      try {
        const module = compiledUrl(call.module);
        return await pool.run({ ...call, module, lastWords }, signal === undefined ? {} : { signal });
      } catch (error) {
        if (stopped || signal?.aborted || !(error instanceof Error) || error.name === "DataCloneError") throw error;
        if (attempt < ATTEMPTS) continue;
        const reason = readLastWords(lastWords) ?? error.message;
        throw new Error(`its worker died, and the next one too: ${reason}`, { cause: error });
      }
    }
  }

  return {
    width,
    run,
    stop: () => {
      stopped = true;
      return pool.destroy();
    },
  };
}

const ATTEMPTS = 2;
