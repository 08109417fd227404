import type { Cell, Claim, Table } from "../../results/comparison.ts";
import { perCents } from "../../text/numbers.ts";
import { defineExperiment, type ExperimentReport, type TrialOf } from "../experiment.ts";
import { loadPublished, type PublishedCell, publishedCell, publishedTable } from "../published.ts";
import { computedCell, textCell } from "../verdict.ts";
import { MODEL_ERRATA } from "./errata.ts";
import { placeOnFitted } from "./fig3-trials.ts";
import { FITTED_NETWORKS, type FittedName } from "./fitted.ts";

const MONITORS = [3, 4, 5];
const SHARES = [80, 90, 95];

const published = publishedTable(loadPublished("placement"), "fig3");

type FittedTrial = TrialOf<typeof placeOnFitted>;
type FittedResult = FittedTrial["result"];

/** Method -> the paper's name, and whether the paper prints nodes in the order of selection. */
const NAMES: { readonly [method: string]: { readonly name: string; readonly ordered: boolean } } = {
  kmax: { name: "KMax", ordered: false },
  degree: { name: "Degree", ordered: false },
  betweenness: { name: "Betweenness", ordered: false },
  greedy: { name: "Greedy", ordered: true },
  brute: { name: "Brute force", ordered: false },
};

/** Figure 3, on networks that were fitted to it. */
export const fig3 = defineExperiment({
  id: "placement/fig3",
  paper: "placement",
  title: "Figure 3, four methods on 11 access and 10 relay nodes, fitted networks",
  result: placeOnFitted.result,
  plan: () => ({
    tasks: FITTED_NETWORKS.map((network) =>
      placeOnFitted.task(`placement/fitted ${network}`, { network, monitors: MONITORS, shares: SHARES }),
    ),
    inputs: [],
  }),
  summarise: (trials): ExperimentReport => ({
    tables: [
      fittedTable(trials, "fitted rates", "fig3"),
      fittedTable(trials, "equal rates", "fig3-equal-rates"),
      fewestTable(trials),
    ],
    figures: [],
    claims: [overlapClaim(trials), fewestClaim(trials)],
    errata: MODEL_ERRATA,
    parameters: { networks: "data/topologies/tang-daniels-fig2-fitted.json", monitors: MONITORS },
  }),
});

function resultOf(trials: readonly FittedTrial[], network: FittedName): FittedResult {
  const trial = trials.find(({ task }) => task.parameters.network === network);
  if (trial === undefined) throw new RangeError(`no trial of ${network}`);
  return trial.result;
}

function fittedTable(trials: readonly FittedTrial[], network: FittedName, id: string): Table {
  const { rows } = resultOf(trials, network);
  const cells = rows.map((each) => cellsOf(each));
  const paper = cells.filter(([set]) => set.published !== null);
  const exact = paper.filter(([set, share]) => set.verdict === "calibrated" && share.verdict === "calibrated");
  return {
    id,
    title: `Monitors and observed share, ${network}`,
    place: "Fig. 3",
    cells: cells.flat(),
    notes: [
      `${exact.length} of ${paper.length} rows as printed: nodes, and the share rounded to whole percent. This network was fitted to these very figures; the paper's drawing (Fig. 2) is lost. That they can all hold at once shows consistency; it is no evidence for the methods.`,
      "A value that the fit meets is `calibrated`; one that it misses `differs`. Brute force is not in the paper's table.",
    ],
  };
}

/** Set and share. A value that was fitted and is not met is a miss like any other. */
function cellsOf({
  monitors,
  method,
  nodes,
  observed,
}: FittedResult["rows"][number]): readonly [set: Cell, share: Cell] {
  const { name, ordered } = NAMES[method];
  const context = { row: `${monitors} ${name}` };
  const text = (ordered ? nodes : nodes.toSorted((a, b) => a - b)).join(",");
  const [set, share] = ["nodes chosen", "total AOR"].map((column) => publishedCell(published, context.row, column));
  const reason = "the best fit found under equal rates misses it";
  return [
    textCell({ ...context, column: "nodes chosen", published: ifMet(set, set?.value === text), reason }, text, 0),
    computedCell(
      {
        ...context,
        column: "total AOR",
        published: ifMet(share, Math.round(observed) === share?.value),
        unit: "%",
        reason,
      },
      observed,
    ),
  ];
}

function ifMet(cell: PublishedCell | undefined, met: boolean): PublishedCell | undefined {
  return cell === undefined ? undefined : { ...cell, calibrated: cell.calibrated && met };
}

function fewestTable(trials: readonly FittedTrial[]): Table {
  return {
    id: "fewest",
    title: "Fewest monitors for a share, fitted networks",
    cells: FITTED_NETWORKS.flatMap((network) =>
      resultOf(trials, network).fewest.flatMap(({ share, greedy, exact }) => [
        computedCell({ row: `${share} %, ${network}`, column: "Greedy", published: undefined }, greedy),
        computedCell({ row: `${share} %, ${network}`, column: "least possible", published: undefined }, exact),
      ]),
    ),
  };
}

/** Section IV.B. */
function overlapClaim(trials: readonly FittedTrial[]): Claim {
  const { rows } = resultOf(trials, "fitted rates");
  const of = (method: string, monitors: number) =>
    rows.find((each) => each.method === method && each.monitors === monitors);
  const parts = MONITORS.map((monitors) => ({ kmax: of("kmax", monitors), brute: of("brute", monitors), monitors }));
  const below = parts.every(({ kmax, brute }) => (kmax?.observed ?? 0) < (brute?.observed ?? 0));
  const texts = parts.map(
    ({ kmax, brute, monitors }) =>
      `k = ${monitors}: rates sum to ${perCents(kmax?.sum ?? 0)}, ${perCents(kmax?.observed ?? 0)} observed, ${perCents(brute?.observed ?? 0)} possible`,
  );
  return {
    by: "paper",
    text: "K-max's nodes overlap, so their sum may not be maximal",
    verdict: below ? "agrees" : "differs",
    evidence: `fitted network, fitted to the paper's table, so no evidence by itself (see placement/fig7): ${texts.join("; ")}`,
  };
}

/** Section VII. */
function fewestClaim(trials: readonly FittedTrial[]): Claim {
  const every = FITTED_NETWORKS.flatMap((network) => resultOf(trials, network).fewest);
  const above = every.filter(({ greedy, exact }) => greedy > exact);
  return {
    by: "paper",
    text: "the approach finds a way to minimize the number of monitors",
    verdict: above.length === 0 ? "agrees" : "differs",
    evidence: `greedy needs the least possible number in ${every.length - above.length} of ${every.length} cases (shares of ${SHARES.join(", ")} % on two fitted networks)${above.length > 0 ? `, and up to ${Math.max(...above.map(({ greedy, exact }) => greedy - exact))} more in the others` : ""}`,
  };
}
