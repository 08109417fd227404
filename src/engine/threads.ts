import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { askToStop, type CallMemory, createCallMemory, readLastWords } from "./call-memory.ts";
import type { Report } from "./define.ts";
import { compileKernels } from "./kernels.ts";
import { compiledUrl } from "./module-names.ts";
import { type Executor, type Order, type OrderHooks, PATIENCE_MS, type Reply } from "./order.ts";
import type { ThreadOrder, ThreadReply, ThreadReport } from "./thread-messages.ts";
import { within } from "./within.ts";

interface Running {
  readonly halt: () => void;
  readonly take: (report: Report) => void;
}

const ATTEMPTS = 2;

/** Threads; those that die with an order are replaced, and the order is tried once more. @param tasks that come first */
export function onThreads(width: number, tasks: number): Executor {
  const pool = new Piscina<ThreadOrder, ThreadReply>({
    // This file lies in src/engine/ or dist/engine/; threads run what was built.
    filename: fileURLToPath(new URL("../../dist/engine/thread.js", import.meta.url)),
    minThreads: Math.min(width, tasks),
    maxThreads: width,
    idleTimeout: Number.POSITIVE_INFINITY,
    workerData: { kernels: compileKernels() },
  });
  const running = new Map<number, Running>();
  pool.on("message", ({ id, report }: ThreadReport) => running.get(id)?.take(report));
  let orders = 0;
  let stopping: Promise<void> | undefined;

  /** One attempt: the reply, once all that was reported before it is in. */
  async function attempt(order: Order, memory: CallMemory, { signal, onReport }: OrderHooks): Promise<Reply> {
    const id = orders++;
    const broken = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    let taken = 0;
    let onTaken = () => {};
    const halt = () => {
      askToStop(memory);
      timer ??= setTimeout(() => broken.abort(), PATIENCE_MS);
    };
    const take = (report: Report) => {
      taken += 1;
      onReport?.(report);
      onTaken();
    };
    running.set(id, { halt, take });
    if (signal?.aborted) halt();
    signal?.addEventListener("abort", halt, { once: true });
    try {
      const { reports, ...reply } = await pool.run({ ...order, id, memory }, { signal: broken.signal });
      while (taken < reports) {
        await new Promise<void>((resolve) => {
          onTaken = resolve;
        });
      }
      return reply;
    } finally {
      running.delete(id);
      clearTimeout(timer);
      signal?.removeEventListener("abort", halt);
    }
  }

  async function run(given: Order, hooks: OrderHooks = {}): Promise<Reply> {
    const order = { ...given, module: compiledUrl(given.module) };
    for (let tried = 1; ; tried++) {
      const memory = createCallMemory();
      try {
        return await attempt(order, memory, hooks);
      } catch (error) {
        const isFinal = stopping !== undefined || hooks.signal?.aborted === true;
        if (isFinal || !(error instanceof Error) || error.name === "DataCloneError") throw error;
        if (tried < ATTEMPTS) continue;
        const reason = readLastWords(memory) ?? error.message;
        throw new Error(`its worker died, and the next one too: ${reason}`, { cause: error });
      }
    }
  }

  const runs = new Set<Promise<Reply>>();
  async function stop(): Promise<void> {
    for (const { halt } of running.values()) halt();
    await within(PATIENCE_MS, Promise.allSettled(runs));
    await pool.destroy();
  }

  return {
    width,
    run: (order, hooks) => {
      const reply = run(order, hooks);
      runs.add(reply);
      const forget = () => runs.delete(reply);
      reply.then(forget, forget);
      return reply;
    },
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
