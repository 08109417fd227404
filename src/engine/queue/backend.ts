import type { Backend, RoundHooks } from "../backend.ts";
import { groupByInput } from "../inputs.ts";
import type { Reply } from "../order.ts";
import type { Input, Task } from "../task.ts";
import type { QueueOptions } from "./options.ts";
import { createDescriber } from "./queue-job.ts";
import { type Ordered, openRun } from "./run.ts";

/** The workers on a Redis queue. @throws QueueError where it cannot be used. */
export async function openQueueBackend(options: QueueOptions): Promise<Backend> {
  const run = await openRun(options);
  let halt = () => {};
  const halted = new Promise<void>((resolve) => {
    halt = resolve;
  });
  let closing: Promise<void> | undefined;
  let jobs = 0;

  async function work(tasks: readonly Task[], inputs: readonly Input[], hooks: RoundHooks): Promise<void> {
    const describe = createDescriber(run.name, run.version, inputs);
    const settled: Promise<void>[] = [];
    const orders = groupByInput(tasks).flatMap((task): Ordered[] => {
      let done = () => {};
      settled.push(
        new Promise((resolve) => {
          done = resolve;
        }),
      );
      const finish = (reply: Reply | Error) => void hooks.settle(task, reply).finally(done);
      try {
        return [
          {
            id: `${run.name}-${jobs++}`,
            data: describe(task),
            settle: finish,
            report: (report) => hooks.report(task, report),
          },
        ];
      } catch (error) {
        finish(asError(error));
        return [];
      }
    });
    const ordered = run.order(orders).catch((error: unknown) => {
      for (const order of orders) order.settle(asError(error));
    });
    await Promise.race([halted, ordered.then(() => Promise.all(settled))]);
  }

  return {
    work,
    stop: () => {
      halt();
      closing ??= run.close();
      return closing;
    },
  };
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
