import { z } from "zod";
import type { Task } from "../../engine/task.ts";
import { deriveSeed } from "../../numbers/seed.ts";
import { mean, standardDeviation } from "../../numbers/statistics.ts";
import type { FigureSpec, Series } from "../../report/figure/spec.ts";
import type { Cell, Claim, Table } from "../../results/comparison.ts";
import type { JsonObject } from "../../results/json.ts";
import { significant, significantPercent } from "../../text/numbers.ts";
import { defineExperiment, type ExperimentReport, type Run, type TrialOf } from "../experiment.ts";
import { computedCell, numberCell, textCell } from "../verdict.ts";
import { VARIANCE_ERRATA } from "./errata.ts";
import { extentOf } from "./extent.ts";
import {
  bestSampling,
  expectedZeros,
  FIGURE_2,
  helpfulFrom,
  noiseVariance,
  printedVariance,
  variance,
} from "./fig2-formulas.ts";
import { noiseTerm, rawTermVariances } from "./fig2-trials.ts";

/** Figure 2's spreads, and the sampling rates at which we measure. */
const SPREADS = [100, 250, 500, 1000];
const RATES = [0.05, 0.1, 0.2, 0.4, 0.7, 1];
const GROUPS = 10;
const REPLICATES = 1000;
/** A point meets the formula when its variance is within this share. */
const WITHIN = 0.035;
/** Equation (4) is used where at least so many zeros are expected in a virtual vector (specs/spread.md). */
const FEWEST_ZEROS = 20;
/** Spreads of the table of best sampling rates. */
const PLANNED = [100, 250, 500, 750, 1000, 2000, 4000];

type Fig2Trial = TrialOf<typeof rawTermVariances | typeof noiseTerm>;

/** Figure 2: the variance of the raw term against the sampling rate: formula mended, formula printed, measured. */
export const fig2 = defineExperiment({
  id: "spread/fig2",
  paper: "spread",
  title: "Figure 2, the variance of the estimate by sampling rate",
  result: z.union([rawTermVariances.result, noiseTerm.result]),
  plan: (run) => ({ inputs: [], tasks: [...varianceTasks(run), ...noiseTasks(run)] }),
  summarise,
});

function varianceTasks(run: Run): Task[] {
  return RATES.flatMap((sampling) =>
    Array.from({ length: extentOf(run).blocks }, (_, block): Task => {
      const size = { contacts: FIGURE_2.n, memoryBits: FIGURE_2.m };
      const parameters = { sampling, spreads: SPREADS, groups: GROUPS, replicates: REPLICATES, ...size };
      const seeds = seedsOf(run, "spread/fig2", parameters, block);
      return rawTermVariances.task(`spread/fig2 p ${sampling} block ${block}`, { ...parameters, ...seeds });
    }),
  );
}

function noiseTasks(run: Run): Task[] {
  return Array.from({ length: extentOf(run).noiseSketches }, (_, trial): Task => {
    const parameters = { contacts: FIGURE_2.n, memoryBits: FIGURE_2.m };
    const seeds = seedsOf(run, "spread/fig2 noise", parameters, trial);
    return noiseTerm.task(`spread/fig2 noise ${trial}`, { ...parameters, ...seeds });
  });
}

function seedsOf({ seed }: Run, experiment: string, parameters: JsonObject, trial: number) {
  return {
    seed: deriveSeed(seed, `${experiment} sketch`, parameters, trial),
    traceSeed: deriveSeed(seed, `${experiment} trace`, parameters, trial),
  };
}

function summarise(trials: readonly Fig2Trial[], run: Run): ExperimentReport {
  const figure = specOf(trials);
  const replicates = extentOf(run).blocks * GROUPS * REPLICATES;
  return {
    tables: [ratioTable(trials, replicates), bestTable()],
    figures: [{ id: "fig2", title: figure.title, spec: figure }],
    claims: [formulaClaim(trials), noiseClaim(trials), samplingClaim(trials), lowClaim(trials)],
    errata: VARIANCE_ERRATA,
    parameters: {
      contacts: FIGURE_2.n,
      memoryBits: FIGURE_2.m,
      virtualBits: FIGURE_2.s,
      replicatesPerPoint: replicates,
      sketchesForTheNoiseTerm: extentOf(run).noiseSketches,
    },
  };
}

/** The measured variances at a point, one a group of replicates. */
function measuredAt(trials: readonly Fig2Trial[], spread: number, rate: number): number[] {
  return trials.flatMap(({ task, result }) =>
    "variances" in result && task.parameters.sampling === rate ? result.variances[SPREADS.indexOf(spread)] : [],
  );
}

function ratioTable(trials: readonly Fig2Trial[], replicates: number): Table {
  const cells = RATES.flatMap((rate) =>
    SPREADS.map((spread): Cell => {
      const formula = variance(FIGURE_2, spread, rate);
      const ratios = measuredAt(trials, spread, rate).map((each) => each / formula);
      return numberCell({ row: `p = ${rate}`, column: `k = ${spread}`, published: undefined }, ratios);
    }),
  );
  const loads = trials.flatMap(({ result }) => ("load" in result ? [result.load] : []));
  const thin = points().filter(([spread, rate]) => expectedZeros(FIGURE_2, spread, rate) <= FEWEST_ZEROS);
  return {
    id: "fig2",
    title: "Measured variance of the raw term k2, as a multiple of equation (4)",
    place: "Figure 2",
    cells,
    notes: [
      `${replicates} sources a point, so one standard deviation of a measured variance is about ${significantPercent(Math.sqrt(2 / replicates))}; measured load ${significant(mean(loads), 3)} (n/m = ${FIGURE_2.n / FIGURE_2.m}).`,
      `Fewer than ${FEWEST_ZEROS} zeros are expected at ${thin.map(([spread, rate]) => `k = ${spread}, p = ${rate}`).join("; ")}: there the formula, an expansion, is not meant to hold.`,
    ],
  };
}

function bestTable(): Table {
  const errorAt = (spread: number, rate: number) => Math.sqrt(variance(FIGURE_2, spread, rate)) / spread;
  return {
    id: "best-sampling",
    title: "The sampling rate of least variance by equation (4), and the relative standard error there",
    cells: PLANNED.flatMap((spread): Cell[] => {
      const context = (column: string) => ({ row: `k = ${spread}`, column, published: undefined });
      const best = bestSampling(FIGURE_2, spread);
      const full = "error at p = 1";
      return [
        computedCell(context("best p"), best),
        computedCell(context("error at best p"), errorAt(spread, best)),
        expectedZeros(FIGURE_2, spread, 1) > FEWEST_ZEROS
          ? computedCell(context(full), errorAt(spread, 1))
          : textCell(context(full), "too few zeros", 0),
      ];
    }),
    notes: [`Computed, not simulated. Up to k = ${Math.floor(helpfulFrom(FIGURE_2))} the best rate is 1.`],
  };
}

function points(): [spread: number, rate: number][] {
  return SPREADS.flatMap((spread) => RATES.map((rate): [number, number] => [spread, rate]));
}

function formulaClaim(trials: readonly Fig2Trial[]): Claim {
  const off = (of: typeof variance) =>
    points().map(([spread, rate]) => Math.abs(mean(measuredAt(trials, spread, rate)) / of(FIGURE_2, spread, rate) - 1));
  const valid = points().map(([spread, rate]) => expectedZeros(FIGURE_2, spread, rate) > FEWEST_ZEROS);
  const mended = off(variance);
  const close = mended.filter((share) => share <= WITHIN).length;
  const closeAndValid = mended.filter((share, i) => valid[i] && share <= WITHIN).length;
  const far = points().flatMap(([spread, rate], i) =>
    valid[i] && mended[i] > WITHIN ? [`k = ${spread}, p = ${rate} by ${significantPercent(mended[i])}`] : [],
  );
  const errors = mended.filter((_, i) => {
    const [spread, rate] = points()[i];
    const measured = Math.sqrt(mean(measuredAt(trials, spread, rate)));
    return Math.abs(measured / Math.sqrt(variance(FIGURE_2, spread, rate)) - 1) <= WITHIN;
  }).length;
  const validPoints = valid.filter(Boolean).length;
  const printed = off(printedVariance).filter((share) => share <= WITHIN).length;
  return {
    by: "netvantage",
    text: `equation (4) is the variance to ${significantPercent(WITHIN)} wherever more than ${FEWEST_ZEROS} zeros are expected`,
    verdict: closeAndValid === validPoints ? "agrees" : "differs",
    evidence: `${closeAndValid} of ${validPoints} such points, ${close} of all ${mended.length}, and the standard error at ${errors}; equation (7) as printed meets ${printed} of ${mended.length}${far.length === 0 ? "" : `; off are ${far.join(", ")}`}`,
  };
}

function noiseClaim(trials: readonly Fig2Trial[]): Claim {
  const values = trials.flatMap(({ result }) => ("noise" in result ? [result.noise] : []));
  const measured = standardDeviation(values) ** 2;
  const raw = mean(measuredAt(trials, 500, 1));
  return {
    by: "paper",
    text: "the variance of the noise term k1 is too small to have an impact",
    verdict: measured < 0.01 * raw ? "agrees" : "differs",
    evidence: `Var(k1) ${significant(measured, 3)} over ${values.length} sketches (equation (2): ${significant(noiseVariance(FIGURE_2, 1), 3)}) against Var(k2) ${significant(raw, 3)} at k = 500, p = 1`,
  };
}

function samplingClaim(trials: readonly Fig2Trial[]): Claim {
  const gains = [500, 1000].map((spread) => {
    const [best] = RATES.map((rate) => ({ rate, value: mean(measuredAt(trials, spread, rate)) })).sort(
      (a, b) => a.value - b.value,
    );
    return { spread, ...best, whole: mean(measuredAt(trials, spread, 1)) };
  });
  const text = gains.map(
    ({ spread, rate, value, whole }) =>
      `k = ${spread}: ${significant(value, 3)} at p = ${rate}, ${significant(whole, 3)} at p = 1`,
  );
  return {
    by: "paper",
    text: "sampling contributes to better estimation in the range of more than 500",
    verdict: gains.every(({ value, whole }) => value < whole) ? "agrees" : "differs",
    evidence: `measured variance, ${text.join("; ")}; by equation (4) it helps from k = ${Math.round(helpfulFrom(FIGURE_2))} on already`,
  };
}

function lowClaim(trials: readonly Fig2Trial[]): Claim {
  const values = RATES.map((rate) => mean(measuredAt(trials, 100, rate)));
  const falling = values.every((value, i) => i === 0 || value < values[i - 1]);
  return {
    by: "paper",
    text: "a lower sampling rate slightly decreases the accuracy for low spreaders",
    verdict: falling ? "agrees" : "differs",
    evidence: `k = 100: standard error ${RATES.map((rate, i) => `${significant(Math.sqrt(values[i]), 3)} at p = ${rate}`).join(", ")}`,
  };
}

function specOf(trials: readonly Fig2Trial[]): FigureSpec {
  const rates = Array.from({ length: 96 }, (_, i) => 0.05 + i * 0.01);
  const series = SPREADS.flatMap((spread): Series[] => {
    const facet = `k = ${spread}`;
    const line = (name: string, of: typeof variance): Series => ({
      name,
      mark: "line",
      facet,
      x: rates,
      y: rates.map((rate) => of(FIGURE_2, spread, rate)),
    });
    const groups = RATES.map((rate) => measuredAt(trials, spread, rate));
    return [
      line("equation (4), the right variance", variance),
      line("equation (7) as printed", printedVariance),
      { name: "measured", mark: "points", facet, x: RATES, y: groups.map(mean) },
    ];
  });
  return {
    title: "Variance of the estimate by sampling rate",
    subtitle: "Dao, Nyang, Lee, Figure 2: n = 8.4M contacts, m = 8M bits, s = 256 virtual bits",
    x: { label: "sampling rate p", scale: "linear", domain: [0, 1.05] },
    y: { label: "variance of k2", scale: "log" },
    series,
  };
}
