import type { z } from "zod";
import type { Input, Task } from "../engine/task.ts";
import type { ReportedFigure } from "../report/result-files.ts";
import type { Claim, Erratum, Table } from "../results/comparison.ts";
import type { JsonObject } from "../results/json.ts";

export type Scale = "quick" | "paper";

/** What a run of experiments is given. */
export interface Run {
  readonly scale: Scale;
  /** The master seed; a trial's own seed comes from `deriveSeed(run.seed, experiment, parameters, trial)`. */
  readonly seed: number;
  /** Where real data lies; undefined: nowhere, and what needs it is `not run`. */
  readonly dataDir: string | undefined;
}

/** The trials of an experiment and what they share. */
export interface Plan {
  readonly tasks: readonly Task[];
  readonly inputs: readonly Input[];
}

/** A task with its result. */
export interface Trial<Result> {
  readonly task: Task;
  readonly result: Result;
  /** How long the task took where it ran. */
  readonly seconds: number;
}

/** The trials of a definition (engine/define.ts). */
export type TrialOf<Definition extends { readonly result: z.ZodType }> = Trial<z.infer<Definition["result"]>>;

/** What the trials of an experiment add up to. */
export interface ExperimentReport {
  readonly tables: readonly Table[];
  readonly figures: readonly ReportedFigure[];
  readonly claims: readonly Claim[];
  readonly errata: readonly Erratum[];
  readonly parameters: JsonObject;
}

/** One table or figure of a paper, with the trials behind it. */
export interface Experiment {
  /** Paper and experiment: "spread/table1". */
  readonly id: string;
  readonly paper: string;
  readonly title: string;
  plan(run: Run): Plan | Promise<Plan>;
  /** @param trials in the plan's order. @throws ZodError where a result has not the experiment's form. */
  summarise(trials: readonly Trial<unknown>[], run: Run): ExperimentReport | Promise<ExperimentReport>;
}

export interface Paper {
  /** Also the name of its folder in papers/ and of its file in data/published. */
  readonly id: string;
  readonly title: string;
  readonly citation: string;
  readonly experiments: readonly Experiment[];
}

/** An experiment whose trials' results have a type. */
export interface ExperimentDefinition<Result> {
  readonly id: string;
  readonly paper: string;
  readonly title: string;
  /** Its trials' result, as their definition has it; it may come from a file, so it is checked. */
  readonly result: z.ZodType<Result>;
  plan(run: Run): Plan | Promise<Plan>;
  summarise(trials: readonly Trial<Result>[], run: Run): ExperimentReport | Promise<ExperimentReport>;
}

/** Makes an experiment that checks its trials' results before it summarises them. */
export function defineExperiment<Result>(definition: ExperimentDefinition<Result>): Experiment {
  return {
    id: definition.id,
    paper: definition.paper,
    title: definition.title,
    plan: (run) => definition.plan(run),
    summarise: (trials, run) =>
      definition.summarise(
        trials.map((trial) => ({ ...trial, result: definition.result.parse(trial.result) })),
        run,
      ),
  };
}
