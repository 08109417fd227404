import { Script } from "node:vm";
import { isMainThread } from "node:worker_threads";

const SLOT = Symbol.for("netvantage.interruptible");
let script: Script | undefined;

/**
 * Calls `work` so that Ctrl-C breaks it off even while it computes without a pause, JavaScript or WebAssembly; the
 * process's own SIGINT listeners hear of it afterwards. What `work` awaits is beyond its reach. Timers and signals get
 * through before.
 * @param signal fired by those listeners
 * @throws Error with code ERR_SCRIPT_EXECUTION_INTERRUPTED at Ctrl-C; the signal's reason where it has fired already;
 * whatever `work` throws.
 */
export async function interruptible<Result>(
  work: () => Result,
  signal: AbortSignal | undefined,
): Promise<Awaited<Result>> {
  await pollOnce();
  signal?.throwIfAborted();
  return await runBreakable(work);
}

/**
 * One whole turn of the event loop. While the script below runs the listeners are taken off, and a signal that came before
 * and was not yet told of would be lost with them. The first immediate may come before the loop polls, the second does not.
 */
async function pollOnce(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function runBreakable<Result>(work: () => Result): Result {
  // Without listeners Ctrl-C ends the process at once, and threads get no signals.
  if (!isMainThread || process.listenerCount("SIGINT") === 0) return work();
  let result: { readonly value: Result } | undefined;
  // A script sees nothing but the global object.
  Object.defineProperty(globalThis, SLOT, {
    configurable: true,
    value: () => {
      result = { value: work() };
    },
  });
  try {
    script ??= new Script('globalThis[Symbol.for("netvantage.interruptible")]()');
    script.runInThisContext({ breakOnSigint: true });
  } catch (error) {
    if (isInterruption(error)) process.emit("SIGINT");
    throw error;
  } finally {
    Reflect.deleteProperty(globalThis, SLOT);
  }
  if (result === undefined) throw new Error("the work was not done");
  return result.value;
}

function isInterruption(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
}
