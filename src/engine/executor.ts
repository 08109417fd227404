import { availableParallelism } from "node:os";
import { inProcess } from "./in-process.ts";
import type { Executor } from "./order.ts";
import { onThreads } from "./threads.ts";

/**
 * @param workers threads; 0 runs in this process; undefined is all cores. @param tasks how many are to come at first: no
 * more threads are started than are needed. @throws RangeError where workers is no whole number from 0 on.
 */
export function createExecutor(workers: number | undefined, tasks: number): Executor {
  const wanted = workers ?? availableParallelism();
  if (!Number.isInteger(wanted) || wanted < 0) throw new RangeError(`workers: ${wanted} is no whole number from 0 on`);
  return wanted === 0 ? inProcess() : onThreads(wanted, Math.max(1, tasks));
}
