import { answer } from "./answer.ts";
import type { Report } from "./define.ts";
import { interruptible } from "./interruptible.ts";
import { type Executor, type Order, type OrderHooks, PATIENCE_MS, type Reply } from "./order.ts";

/** What an order awaits when it is stopped goes on unheard; what computes is broken off by Ctrl-C only. */
export function inProcess(): Executor {
  const halts = new Set<() => void>();
  // Not a race against one promise of all orders: that would keep every reply for as long as it is pending.
  const run = (order: Order, { signal, onReport }: OrderHooks = {}) =>
    new Promise<Reply>((resolve, reject) => {
      const abort = new AbortController();
      let timer: NodeJS.Timeout | undefined;
      const halt = () => {
        abort.abort();
        timer ??= setTimeout(() => reject(new Error("the executor was stopped")), PATIENCE_MS);
      };
      halts.add(halt);
      if (signal?.aborted) halt();
      signal?.addEventListener("abort", halt, { once: true });
      answerHere(order, abort.signal, onReport)
        .finally(() => {
          halts.delete(halt);
          clearTimeout(timer);
          signal?.removeEventListener("abort", halt);
        })
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

function answerHere(order: Order, signal: AbortSignal, onReport: OrderHooks["onReport"]): Promise<Reply> {
  const report = (done: number, total: number, values?: Report["values"]) =>
    onReport?.({ done, total, ...(values !== undefined && { values }) });
  return answer(order, { signal, report }, interruptible);
}
