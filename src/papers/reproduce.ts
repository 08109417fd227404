import { type EngineOptions, type Outcome, runTasks } from "../engine/engine.ts";
import type { Input, Task } from "../engine/task.ts";
import { InputError } from "../files/input-error.ts";
import type { ReportedExperiment } from "../report/result-files.ts";
import { canonicalJson } from "../results/canonical-json.ts";
import type { ExperimentEntry, Failure } from "../results/comparison.ts";
import type { JsonObject } from "../results/json.ts";
import type { Experiment, ExperimentReport, Plan, Run } from "./experiment.ts";

/** An experiment's trials; the first word of an experiment has its turn's beginning, the last has done = total. */
export interface ExperimentProgress {
  readonly experiment: string;
  readonly done: number;
  readonly total: number;
  /** What the trials that run have done of themselves, added up: two that are half done are 1. */
  readonly running: number;
}

export interface ReproduceOptions extends Omit<EngineOptions, "onProgress" | "onReport"> {
  readonly onProgress?: ((progress: ExperimentProgress) => void) | undefined;
}

interface Planned {
  readonly experiment: Experiment;
  readonly plan: Plan;
  done: number;
  /** By its key, which share of a trial is done that runs, where it tells. */
  readonly running: Map<string, number>;
}

/**
 * Runs experiments on one engine and yields each when its last trial is in. Tasks and inputs of one key, which must be
 * equal, are run once for all experiments that name them. A failed trial fails its experiments, not the run.
 * @throws InputError where data is bad; the signal's reason where the run is stopped.
 */
export async function* reproduce(
  experiments: readonly Experiment[],
  run: Run,
  options: ReproduceOptions = {},
): AsyncGenerator<ReportedExperiment, void, undefined> {
  const planned: Planned[] = [];
  for (const experiment of experiments) {
    planned.push({ experiment, plan: await experiment.plan(run), done: 0, running: new Map() });
  }
  const tasks = distinct<Task>(
    "task",
    planned.flatMap(({ plan }) => plan.tasks),
  );
  const inputs = distinct<Input>(
    "input",
    planned.flatMap(({ plan }) => plan.inputs),
  );
  const { onProgress, ...engine } = options;
  const users = usersOf(planned);
  let current: Planned | undefined;
  const tell = ({ key }: Task): void => {
    if (current !== undefined && users.get(key)?.includes(current)) onProgress?.(progressOf(current));
  };
  const outcomes = runTasks(tasks, inputs, {
    ...engine,
    onProgress: ({ task }) => {
      for (const each of users.get(task.key) ?? []) {
        each.done += 1;
        each.running.delete(task.key);
      }
      tell(task);
    },
    onReport: ({ task, done, total }) => {
      if (!(done >= 0 && total > 0)) return;
      for (const each of users.get(task.key) ?? []) each.running.set(task.key, Math.min(1, done / total));
      tell(task);
    },
  });
  const known = new Map<string, Outcome>();
  try {
    for (const each of planned) {
      current = each;
      onProgress?.(progressOf(each));
      yield await finish(each, run, await gather(each.plan.tasks, outcomes, known));
    }
  } finally {
    await outcomes.return();
  }
}

function progressOf({ experiment, plan, done, running }: Planned): ExperimentProgress {
  const begun = [...running.values()].reduce((sum, share) => sum + share, 0);
  return { experiment: experiment.id, done, total: plan.tasks.length, running: begun };
}

/** The outcomes of these tasks, reading on as far as is needed. */
async function gather(
  tasks: readonly Task[],
  outcomes: AsyncGenerator<Outcome, void, undefined>,
  known: Map<string, Outcome>,
): Promise<Outcome[]> {
  const gathered: Outcome[] = [];
  for (const { key } of tasks) {
    while (!known.has(key)) {
      const next = await outcomes.next();
      if (next.done === true) throw new Error(`task ${key} has no outcome`);
      known.set(next.value.task.key, next.value);
    }
    const outcome = known.get(key);
    if (outcome !== undefined) gathered.push(outcome);
  }
  return gathered;
}

async function finish({ experiment }: Planned, run: Run, outcomes: readonly Outcome[]): Promise<ReportedExperiment> {
  const failures = outcomes.flatMap(failureOf);
  const trials = outcomes.filter((outcome) => outcome.status === "done");
  const report = failures.length > 0 ? nothing : await experiment.summarise(trials, run);
  const seconds = trials.reduce((sum, trial) => sum + trial.seconds, 0);
  const { id, paper, title } = experiment;
  return {
    figures: report.figures,
    entry: {
      id,
      paper,
      title,
      tables: [...report.tables],
      figures: report.figures.map((figure) => ({ id: figure.id, title: figure.title, file: null })),
      claims: [...report.claims],
      errata: [...report.errata],
      parameters: mutable(report.parameters),
      seconds: Number(seconds.toFixed(3)),
      ...(failures.length > 0 && { failures }),
    },
  };
}

const nothing: ExperimentReport = { tables: [], figures: [], claims: [], errata: [], parameters: {} };

/** Bad input is the user's to mend: it ends the run. */
function failureOf(outcome: Outcome): Failure[] {
  if (outcome.status === "done") return [];
  if (outcome.error instanceof InputError) throw outcome.error;
  const { key, parameters } = outcome.task;
  return [{ task: key, parameters: mutable(parameters), message: outcome.error.message }];
}

function mutable(parameters: JsonObject): ExperimentEntry["parameters"] {
  return JSON.parse(canonicalJson(parameters));
}

function usersOf(planned: readonly Planned[]): Map<string, Planned[]> {
  const users = new Map<string, Planned[]>();
  for (const each of planned) {
    for (const { key } of each.plan.tasks) users.set(key, [...(users.get(key) ?? []), each]);
  }
  return users;
}

function distinct<Kind extends Task | Input>(what: string, list: readonly Kind[]): Kind[] {
  const byKey = new Map<string, Kind>();
  for (const each of list) {
    const other = byKey.get(each.key);
    if (other === undefined) byKey.set(each.key, each);
    else if (fingerprint(other) !== fingerprint(each))
      throw new RangeError(`two different ${what}s have the key ${each.key}`);
  }
  return [...byKey.values()];
}

function fingerprint(what: Task | Input): string {
  return canonicalJson({ ...what });
}
