import { parentPort, workerData } from "node:worker_threads";
import { isObject } from "../results/json.ts";
import { answer } from "./answer.ts";
import { type CallMemory, isAskedToStop, sayLastWords } from "./call-memory.ts";
import { collectGarbage } from "./collect-garbage.ts";
import type { Report } from "./define.ts";
import { handOver } from "./hand-over.ts";
import { createHeldInputs } from "./held-inputs.ts";
import { provideKernels } from "./kernels.ts";
import type { ThreadOrder, ThreadReport } from "./thread-messages.ts";

provideKernels(isObject(workerData) ? workerData.kernels : undefined);

/** How often it is looked, while an order awaits something, whether it is to stop, and what it has to tell. */
const LOOK_MS = 20;

const inputsHeld = createHeldInputs(collectGarbage);

/**
 * What a Piscina thread runs. It lets go of the inputs of its orders before they pile up, and ends the thread where
 * WebAssembly trapped, having said why.
 */
export default async function work({ id, memory, ...order }: ThreadOrder): Promise<unknown> {
  inputsHeld.next(order);
  const link = linkOf(id, memory);
  const reply = await answer(order, link.context).finally(link.end);
  if (!reply.ok && reply.trapped) {
    sayLastWords(memory, reply.error.kind === "other" ? reply.error.message : reply.error.what);
    process.exit(1);
  }
  return handOver({ ...reply, reports: link.reports() });
}

/**
 * The order's context. Memory, not a message, asks it to stop, so that it hears of it without a pause, too. A report
 * without values is sent at most every 20 ms: the engine's thread has to keep up.
 */
function linkOf(id: number, memory: CallMemory) {
  const abort = new AbortController();
  let sent = 0;
  let last = Number.NEGATIVE_INFINITY;
  let held: Report | undefined;
  const look = () => {
    if (isAskedToStop(memory)) abort.abort();
  };
  const send = (report: Report) => {
    const message: ThreadReport = { id, report };
    parentPort?.postMessage(message);
    sent += 1;
    last = performance.now();
    held = undefined;
  };
  const tick = () => {
    look();
    if (held !== undefined) send(held);
  };
  const timer = setInterval(tick, LOOK_MS).unref();
  return {
    context: {
      signal: abort.signal,
      report: (done: number, total: number, values?: Report["values"]) => {
        if (values !== undefined) send({ done, total, values });
        else if (performance.now() - last >= LOOK_MS) send({ done, total });
        else held = { done, total };
        look();
      },
    },
    reports: () => sent,
    end: () => {
      clearInterval(timer);
      if (held !== undefined) send(held);
    },
  };
}
