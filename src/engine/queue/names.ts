/** Every key on Redis begins with this. */
export const PREFIX = "netvantage";

/** Code of different versions gives different results, so each version has a queue of its own. */
export function queueName(version: string): string {
  return `tasks-${version}`;
}

/** Holds the run's code version for as long as the run is alive; workers drop tasks of a run that has none. */
export function runKey(run: string): string {
  return `${PREFIX}:run:${run}`;
}

/** Seconds for which a run counts as alive without a sign of it: longer than a restart of Redis takes. */
export const RUN_LEASE = 600;

/** Holds the worker's code version. */
export function workerKey(worker: string): string {
  return `${PREFIX}:worker:${worker}`;
}

export const WORKER_LEASE = 30;

/** Holds a job's packed reply until the run has taken it. */
export function resultKey(job: string): string {
  return `${PREFIX}:result:${job}`;
}

/** Seconds after which a reply that nobody took, or how an input is made, is dropped. */
export const RESULT_LEASE = 86_400;

/** Holds how an input is made, by the hash of that: jobs name the hash, since an input may be large and its jobs many. */
export function inputKey(hash: string): string {
  return `${PREFIX}:input:${hash}`;
}

/** A worker's reason to fail a job whose run has ended, or seems to have. */
export const ABANDONED = "its run has ended";
