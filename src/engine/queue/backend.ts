import type { Backend, RoundHooks } from "../backend.ts";
import { groupByInput } from "../inputs.ts";
import type { Reply } from "../order.ts";
import type { Input, Task } from "../task.ts";
import type { QueueOptions } from "./options.ts";
import { createDescriber } from "./queue-job.ts";
import { openRun, type RunJob } from "./run.ts";

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
    const describer = createDescriber(run.name, run.version, inputs);
    const settled: Promise<void>[] = [];
    const runJobs = groupByInput(tasks).flatMap((task): RunJob[] => {
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
            data: describer.describe(task),
            settle: finish,
            report: (report) => hooks.report(task, report),
          },
        ];
      } catch (error) {
        finish(asError(error));
        return [];
      }
    });
    const put = run.put(runJobs, describer.inputs).catch((error: unknown) => {
      for (const job of runJobs) job.settle(asError(error));
    });
    await Promise.race([halted, put.then(() => Promise.all(settled))]);
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
