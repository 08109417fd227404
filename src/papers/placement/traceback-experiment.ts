import { mean } from "../../numbers/statistics.ts";
import type { Claim } from "../../results/comparison.ts";
import { perCents } from "../../text/numbers.ts";
import { defineExperiment, type ExperimentReport, type TrialOf } from "../experiment.ts";
import { numberCell } from "../verdict.ts";
import { extentOf } from "./extent.ts";
import { TRACEBACK, tracebackTasks } from "./internetwork-tasks.ts";
import { traceChains } from "./internetwork-trials.ts";
import { ROUTE_COMPARISON } from "./methods.ts";
import { METHOD_NAMES } from "./text.ts";

type TracebackTrial = TrialOf<typeof traceChains>;

const COLUMNS = [
  { name: "rounds", value: "rounds", unit: "" },
  { name: "messages", value: "messages", unit: "" },
  { name: "monitors reached", value: "reached", unit: "%" },
  { name: "links observed", value: "observed", unit: "%" },
  { name: "links found", value: "found", unit: "%" },
] as const;

/** Section V, which the paper leaves without evaluation: flooding the monitors with an attack's pattern. */
export const traceback = defineExperiment({
  id: "placement/traceback",
  paper: "placement",
  title: "Section V, tracing chains of stepping stones back by flooding",
  result: traceChains.result,
  plan: (run) => ({ tasks: tracebackTasks(run), inputs: [] }),
  summarise: (trials, run): ExperimentReport => ({
    tables: [
      {
        id: "traceback",
        title: `Chains of ${TRACEBACK.length} access nodes traced by ${TRACEBACK.monitors} monitors, 105 sites`,
        place: "Section V",
        cells: ROUTE_COMPARISON.flatMap((method, place) =>
          COLUMNS.map((column) =>
            numberCell(
              { row: METHOD_NAMES[method], column: column.name, published: undefined, unit: column.unit },
              trials.map(({ result }) => result.results[place][column.value]),
            ),
          ),
        ),
        notes: [
          "The paper prints no figures here (Fig. 4 is a drawing). Correlation is perfect: a link is found where a monitor that the flood reaches lies on its route. Messages count repeats.",
        ],
      },
    ],
    figures: [],
    claims: [chainClaim(trials)],
    errata: [],
    parameters: { ...TRACEBACK, internetworks: trials.length, chainsPerInternetwork: extentOf(run).chains },
  }),
});

/** `agrees`: the flood finds 99 % of what any monitor sees. */
function chainClaim(trials: readonly TracebackTrial[]): Claim {
  const every = trials.flatMap(({ result }) => result.results);
  const [found, observed] = [mean(every.map((each) => each.found)), mean(every.map((each) => each.observed))];
  const rounds = mean(every.map((each) => each.rounds));
  return {
    by: "paper",
    text: "flooding finds as much of the chain as possible, quickly",
    verdict: found >= 0.99 * observed ? "agrees" : "differs",
    evidence: `${perCents(found)} of links found, of ${perCents(observed)} with a monitor on their route, in ${rounds.toFixed(1)} rounds; all methods, ${trials.length} internetworks`,
  };
}
