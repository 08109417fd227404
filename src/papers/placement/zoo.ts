import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Task } from "../../engine/task.ts";
import { mean, meanInterval } from "../../numbers/statistics.ts";
import type { FigureSpec } from "../../report/figure/spec.ts";
import type { Cell, Claim, Table } from "../../results/comparison.ts";
import { defineExperiment, type ExperimentReport, type Run, type TrialOf } from "../experiment.ts";
import { loadPublished, publishedCell, publishedTable } from "../published.ts";
import { absentCell, numberCell, pairedHypothesis } from "../verdict.ts";
import { extentOf } from "./extent.ts";
import { difference, METHOD_NAMES } from "./text.ts";
import { PATH_METHODS, placeInZoo, TWO_WAY_METHODS } from "./zoo-trials.ts";

const FOLDER = "topologies/zoo";
const MONITORS = [3, 5, 10];

type ZooTrial = TrialOf<typeof placeInZoo>;
type Row = ZooTrial["result"]["rows"][number];

/** The paper's methods on real networks: the Internet Topology Zoo (Knight et al., 2011). */
export const zoo = defineExperiment({
  id: "placement/zoo",
  paper: "placement",
  title: "The methods on the real networks of the Internet Topology Zoo",
  result: placeInZoo.result,
  plan: (run) => ({ tasks: tasksOf(run), inputs: [] }),
  summarise,
});

/** None where the data is absent. */
function tasksOf(run: Run): Task[] {
  const folder = run.dataDir === undefined ? undefined : join(run.dataDir, FOLDER);
  if (folder === undefined || !existsSync(folder)) return [];
  const { zooNodes, zooBudget } = extentOf(run);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".graphml"))
    .sort()
    .map((name) =>
      placeInZoo.task(`placement/zoo ${name}`, {
        file: join(folder, name),
        monitors: MONITORS,
        nodes: zooNodes,
        budget: zooBudget,
      }),
    );
}

function summarise(trials: readonly ZooTrial[], run: Run): ExperimentReport {
  const empty = { figures: [], claims: [], errata: [] };
  if (trials.length === 0) {
    const reason = `needs ${FOLDER}: ${run.dataDir === undefined ? "say where with --data DIR" : `not in ${run.dataDir}`}`;
    const cells = PATH_METHODS.map((method) =>
      absentCell({ row: "all", column: METHOD_NAMES[method], published: undefined }, reason),
    );
    return { ...empty, tables: [{ id: "zoo", title: "Share observed", cells }], parameters: { folder: FOLDER } };
  }
  const { zooNodes, zooBudget } = extentOf(run);
  const used = trials.filter(({ result: { rows } }) => rows.length > 0);
  const spec = specOf(used);
  return {
    tables: [sharesTable(used, zooNodes), optimumTable(used, zooBudget), twoWayTable(used)],
    figures: [{ id: "zoo", title: spec.title, spec }],
    claims: [muchBetter(used), ...hypotheses(used)],
    errata: [],
    parameters: {
      folder: FOLDER,
      files: trials.length,
      networks: used.length,
      mostNodes: zooNodes ?? "all",
      exactSetsTimesNodes: zooBudget,
    },
  };
}

/** The networks that have two nodes or more for each monitor. */
function rowsOf(trials: readonly ZooTrial[], monitors: number): Row[] {
  return trials.flatMap(({ result: { rows } }) => rows.filter((each) => each.monitors === monitors));
}

function cell(monitors: number, column: string, values: readonly number[], unit = "%"): Cell {
  return numberCell({ row: `${monitors} monitors`, column, published: undefined, unit }, values);
}

function sharesTable(trials: readonly ZooTrial[], zooNodes: number | null): Table {
  return {
    id: "zoo",
    title: "Share of traffic observed, mean over networks",
    cells: MONITORS.flatMap((monitors) =>
      PATH_METHODS.map((method, place) =>
        cell(
          monitors,
          METHOD_NAMES[method],
          rowsOf(trials, monitors).map(({ observed }) => observed[place]),
        ),
      ),
    ),
    notes: [
      `${trials.length} networks${zooNodes === null ? "" : ` of at most ${zooNodes} nodes`}, each with at least two nodes a monitor. Every node sends and receives and may get a monitor, which observes its own traffic too; equal rates, links of length 1. Trials are networks.`,
    ],
  };
}

/** Only networks where the search ended within its node budget say anything. */
function optimumTable(trials: readonly ZooTrial[], budget: number): Table {
  return {
    id: "optimum",
    title: "Share of the exact optimum that each method reaches, where the optimum is proven",
    cells: MONITORS.flatMap((monitors) => {
      const rows = rowsOf(trials, monitors);
      const proven = rows.filter((each) => each.proven);
      const shares = PATH_METHODS.map((_, place) =>
        proven.map(({ observed, exact }) => (100 * observed[place]) / exact),
      );
      return [
        cell(monitors, "networks", [rows.length], ""),
        cell(monitors, "proven", [proven.length], ""),
        ...PATH_METHODS.map((method, place) => cell(monitors, METHOD_NAMES[method], shares[place])),
        ...(proven.length > 0
          ? [cell(monitors, "Greedy, least", [Math.min(...shares[PATH_METHODS.indexOf("greedy")])])]
          : []),
      ];
    }),
    notes: [`Branch and bound of at most ${budget} / nodes sets a network. Greedy is sure of 63.2 % (1 - 1/e).`],
  };
}

function twoWayTable(trials: readonly ZooTrial[]): Table {
  return {
    id: "two-way",
    title: "Pairs seen in both directions, one shortest route per ordered pair, mean over networks",
    cells: MONITORS.flatMap((monitors) =>
      TWO_WAY_METHODS.map((method, place) =>
        cell(
          monitors,
          METHOD_NAMES[method],
          rowsOf(trials, monitors).map(({ twoWay }) => twoWay[place]),
        ),
      ),
    ),
    notes: [
      "Ties between shortest routes go to the lowest neighbour by destination, so a route and its reverse may differ.",
    ],
  };
}

/** Section VI: on real networks the bi-directional result "should be much better"; better is a smaller gap to K-max. */
function muchBetter(trials: readonly ZooTrial[]): Claim {
  const table = publishedTable(loadPublished("placement"), "fig7");
  const [kmax, both] = ["K-max", "Bi-directional"].map((name) =>
    Number(publishedCell(table, `30 ${name}`, "total AOR")?.value),
  );
  const gaps = rowsOf(trials, 5).map(
    ({ observed, twoWay }) => observed[PATH_METHODS.indexOf("kmax")] - twoWay[TWO_WAY_METHODS.indexOf("bidirectional")],
  );
  const interval = meanInterval(gaps);
  const verdict = interval === undefined ? "not run" : interval.high < kmax - both ? "agrees" : "differs";
  return {
    by: "paper",
    text: 'in a real topology the bi-directional result "should be much better"',
    verdict,
    evidence: `K-max's share less Algorithm 3's two-way share, 5 monitors: ${difference(mean(gaps), interval)} points over ${gaps.length} networks; ${(kmax - both).toFixed(1)} points in Fig. 7 with 30`,
  };
}

function hypotheses(trials: readonly ZooTrial[]): Claim[] {
  const rows = rowsOf(trials, 5);
  const observed = (method: (typeof PATH_METHODS)[number]) =>
    rows.map((each) => each.observed[PATH_METHODS.indexOf(method)]);
  const twoWay = (method: (typeof TWO_WAY_METHODS)[number]) =>
    rows.map((each) => each.twoWay[TWO_WAY_METHODS.indexOf(method)]);
  return [
    ...(["kmax", "degree", "betweenness"] as const).map((method) =>
      pairedHypothesis(
        `${METHOD_NAMES[method]} observes less than greedy with 5 monitors`,
        observed(method),
        observed("greedy"),
      ),
    ),
    pairedHypothesis(
      "Algorithm 3 sees fewer pairs in both directions than plain greedy with 5 monitors",
      twoWay("bidirectional"),
      twoWay("greedy"),
    ),
  ];
}

function specOf(trials: readonly ZooTrial[]): FigureSpec {
  return {
    title: "What greedily placed monitors observe, by size of the network",
    subtitle: `${trials.length} networks of the Internet Topology Zoo, every node an access node`,
    x: { label: "nodes", scale: "log" },
    y: { label: "share of traffic observed", unit: "%", scale: "linear", domain: [0, 102] },
    series: MONITORS.map((monitors) => {
      const having = trials.filter(({ result: { rows } }) => rows.some((each) => each.monitors === monitors));
      return {
        name: "network",
        mark: "points",
        facet: `${monitors} monitors`,
        x: having.map(({ result }) => result.nodes),
        y: rowsOf(having, monitors).map((each) => each.observed[PATH_METHODS.indexOf("greedy")]),
      };
    }),
  };
}
