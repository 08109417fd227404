import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Placement, placeMonitors, type Topology } from "#src/placement/index.ts";
import { renderFigure } from "#src/report/figure/figure.ts";
import type { FigureSpec, Series } from "#src/report/figure/spec.ts";
import { ShortestPaths } from "#src/wasm/paths/paths.ts";
import { routerLike } from "./graphs.ts";

const SIZES = [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
const FULL_SIZES = [...SIZES, 200_000, 500_000, 1_000_000];
const EDGES_PER_NODE = 1.55;
const MONITORS = 10;
const EPSILON = 0.05;
/** Seconds beyond which a point is left out, as the points before it foretell. */
const LONGEST = 12;
const FULL_LONGEST = 60;
/** A point is run again until it has taken this long or this often. */
const ENOUGH = { seconds: 1, runs: 5 };

/** One way to place monitors; betweenness ranks nodes and observes nothing itself. */
interface Method {
  readonly name: string;
  readonly run: (topology: Topology) => Placement | undefined;
}

interface Point {
  readonly nodes: number;
  readonly edges: number;
  /** CPU time, the median of the runs. */
  readonly seconds: number;
  readonly placement: Placement | undefined;
}

const METHODS: readonly Method[] = [
  {
    name: "sampled",
    run: (topology) => placeMonitors(topology, { method: "sampled", monitors: MONITORS, epsilon: EPSILON }),
  },
  {
    name: "greedy, DAG passes",
    run: (topology) => placeMonitors(topology, { method: "greedy", engine: "passes", monitors: MONITORS }),
  },
  {
    name: "betweenness",
    run: (topology) => {
      new ShortestPaths(topology).betweenness();
      return undefined;
    },
  },
];

/**
 * The cost of placing ten monitors as a network grows: router-like graphs of 10^3 to 10^5 nodes (with full 10^6), every node an
 * end and a candidate. All pairs are counted as far as a point takes seconds; samples go on. One thread. Also writes the figure.
 */
export async function scalingSuite(full: boolean): Promise<string[]> {
  const measured = new Map(METHODS.map(({ name }): [string, Point[]] => [name, []]));
  for (const nodes of full ? FULL_SIZES : SIZES) {
    const topology = network(nodes);
    for (const { name, run } of METHODS) {
      const points = measured.get(name) ?? [];
      if (points.length === 0) run(topology);
      if (foretell(points, nodes) <= (full ? FULL_LONGEST : LONGEST)) points.push(measure(topology, run));
    }
  }
  const file = join(mkdtempSync(join(tmpdir(), "netvantage-bench-")), "scaling.svg");
  writeFileSync(file, renderFigure(figure(measured)));
  return [`${table(measured)}\n  Plot: ${file}`];
}

function network(nodes: number): Topology {
  const graph = routerLike(nodes, Math.round(nodes * EDGES_PER_NODE), 1);
  return { ...graph, names: Array.from({ length: nodes }, (_, i) => String(i)), lengths: undefined };
}

function measure(topology: Topology, run: Method["run"]): Point {
  const times: number[] = [];
  let spent = 0;
  let placement: Placement | undefined;
  while (times.length === 0 || (spent < ENOUGH.seconds && times.length < ENOUGH.runs)) {
    const start = process.cpuUsage();
    placement = run(topology);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1e6);
    spent += (user + system) / 1e6;
  }
  const seconds = times.toSorted((a, b) => a - b)[times.length >> 1];
  return { nodes: topology.names.length, edges: topology.neighbours.length / 2, seconds, placement };
}

/** Seconds that the next point will take, at least: as the last two grew; 0 with fewer. */
function foretell(points: readonly Point[], nodes: number): number {
  const [before, last] = points.slice(-2);
  if (last === undefined) return 0;
  return last.seconds * (nodes / last.nodes) ** Math.max(1, exponent([before, last]));
}

/** The power of n that time grows with: the slope of the line of least squares through the logarithms. */
function exponent(points: readonly Point[]): number {
  const x = points.map(({ nodes }) => Math.log(nodes));
  const y = points.map(({ seconds }) => Math.log(seconds));
  const meanX = x.reduce((a, b) => a + b, 0) / x.length;
  const meanY = y.reduce((a, b) => a + b, 0) / y.length;
  const across = x.reduce((sum, each, i) => sum + (each - meanX) * (y[i] - meanY), 0);
  return across / x.reduce((sum, each) => sum + (each - meanX) ** 2, 0);
}

function table(measured: ReadonlyMap<string, readonly Point[]>): string {
  const columns = [...measured];
  const heads = columns.map(([name]) => name.padStart(20)).join("");
  const shares = ["sampled sees", "greedy sees"].map((head) => head.padStart(16)).join("");
  const rows = (columns[0]?.[1] ?? []).map(({ nodes, edges }) => {
    const points = columns.map(([, each]) => each.find((point) => point.nodes === nodes));
    const seconds = points.map((point) => (point?.seconds.toFixed(3) ?? "-").padStart(20)).join("");
    const seen = points.slice(0, 2).map((point) => shareOf(point?.placement).padStart(16));
    return `  ${String(nodes).padStart(8)}${String(edges).padStart(9)}${seconds}${seen.join("")}`;
  });
  const growth = columns.map(([, points]) => `n^${exponent(points.slice(-3)).toFixed(2)}`.padStart(20)).join("");
  return [
    `Placing ${MONITORS} monitors as n grows, router-like graphs, CPU seconds on one thread (sampled: epsilon ${EPSILON})`,
    `  ${"nodes".padStart(8)}${"edges".padStart(9)}${heads}${shares}`,
    ...rows,
    `  ${"growth, last three".padStart(17)}${growth.slice(1)}`,
  ].join("\n");
}

function shareOf(placement: Placement | undefined): string {
  if (placement === undefined) return "-";
  const share = `${(100 * placement.observed).toFixed(2)} %`;
  if (placement.sampling === undefined) return share;
  return `${share} ±${(196 * placement.sampling.standardError).toFixed(2)}`;
}

function figure(measured: ReadonlyMap<string, readonly Point[]>): FigureSpec {
  return {
    title: `Placing ${MONITORS} monitors as the network grows`,
    subtitle: `Router-like graphs of ${EDGES_PER_NODE} n edges, every node an end and a candidate; sampled at epsilon ${EPSILON}`,
    x: { label: "Nodes", scale: "log" },
    y: { label: "CPU time", unit: "s", scale: "log" },
    series: [...measured].flatMap(([name, points]): Series[] => {
      const columns = { x: points.map(({ nodes }) => nodes), y: points.map(({ seconds }) => seconds) };
      return [
        { name, mark: "line", ...columns },
        { name, mark: "points", ...columns },
      ];
    }),
  };
}
