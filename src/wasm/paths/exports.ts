import { Arena } from "../kernel/arena.ts";
import { demand, type KernelExports } from "../kernel/kernel.ts";
import * as Status from "../kernel/status.ts";

/** The paths kernel's exports; assembly/paths documents each. */
export interface PathsExports extends KernelExports {
  graph_bytes(): number;
  graph_init(graph: number, nodes: number, arcs: number, offsets: number, neighbours: number, lengths: number): number;
  traffic_check(graph: number, access: number, count: number, rates: number, perPair: number): number;
  betweenness_sources(graph: number, first: number, count: number, out: number): number;
  plan_bytes(): number;
  plan_init(plan: number, graph: number, fold: number): number;
  plan_sources(plan: number): number;
  betweenness_batch(plan: number, first: number, count: number, out: number): number;
  observe(
    graph: number,
    access: number,
    accessCount: number,
    rates: number,
    perPair: number,
    removed: number,
    first: number,
    count: number,
    gains: number,
    totals: number,
  ): number;
  observe_batch(
    plan: number,
    access: number,
    accessCount: number,
    rates: number,
    perPair: number,
    removed: number,
    first: number,
    count: number,
    gains: number,
    totals: number,
  ): number;
  successive_bytes(nodes: number): number;
  successive_init(
    state: number,
    graph: number,
    access: number,
    accessCount: number,
    rates: number,
    perPair: number,
  ): number;
  successive_gains(state: number, gains: number): number;
  successive_add(state: number, node: number): number;
  sample_paths(
    graph: number,
    access: number,
    accessCount: number,
    cumulative: number,
    seedLow: number,
    seedHigh: number,
    first: number,
    count: number,
    capacity: number,
    ends: number,
    nodes: number,
    info: number,
  ): number;
}

/**
 * An undirected simple graph in compressed sparse rows, as a Topology holds it: n + 1 offsets; neighbours ascending, every
 * edge in both rows; lengths beside neighbours, positive and finite, or undefined where every edge has length 1. Paths whose
 * lengths are within a relative 1e-12 of each other tie.
 */
export interface GraphArrays {
  readonly offsets: Uint32Array;
  readonly neighbours: Uint32Array;
  readonly lengths?: Float64Array | undefined;
}

/**
 * Who sends how much to whom. access: distinct nodes, A of them. rates: r(x,*) of each, which the A - 1 others share
 * equally; or demands: A x A rates, row = source, the diagonal ignored. >= 0, and at most 2^100 in sum.
 */
export type Traffic =
  | { readonly access: Uint32Array; readonly rates: Float64Array }
  | { readonly access: Uint32Array; readonly demands: Float64Array };

/** Traffic in a kernel's memory. */
export interface PlacedTraffic {
  readonly access: number;
  readonly count: number;
  readonly rates: number;
  readonly perPair: number;
}

/** Copies a graph into a kernel's arena, checked. @throws KernelError where it is no undirected simple graph */
export function placeGraph(kernel: PathsExports, graph: GraphArrays): number {
  const { offsets, neighbours, lengths } = graph;
  demandLength(offsets[offsets.length - 1], neighbours.length, "graph");
  demandLength(lengths?.length ?? neighbours.length, neighbours.length, "lengths");
  const arena = new Arena(kernel);
  const head = arena.reserve(kernel.graph_bytes());
  const status = kernel.graph_init(
    head,
    offsets.length - 1,
    neighbours.length,
    arena.copyIn(offsets),
    arena.copyIn(neighbours),
    lengths === undefined ? 0 : arena.copyIn(lengths),
  );
  demand(status, status === Status.BAD_PARAMETER ? "lengths" : "graph");
  return head;
}

/** Throws unless an array is as long as another says. */
export function demandLength(length: number | undefined, expected: number, what: string): void {
  demand(length === expected ? Status.OK : Status.INCONSISTENT, what);
}

/** Prepares a graph without lengths for passes over batches of sources; 0 for one with lengths. */
export function placePlan(kernel: PathsExports, graph: number, arrays: GraphArrays, fold: boolean): number {
  if (arrays.lengths !== undefined) return 0;
  const plan = new Arena(kernel).reserve(kernel.plan_bytes());
  demand(kernel.plan_init(plan, graph, fold ? 1 : 0), "graph");
  return plan;
}

/** Copies traffic into a kernel's arena, checked. @throws KernelError where it is out of range */
export function placeTraffic(kernel: PathsExports, graph: number, traffic: Traffic): PlacedTraffic {
  const arena = new Arena(kernel);
  const perPair = "demands" in traffic;
  const rates = perPair ? traffic.demands : traffic.rates;
  const count = traffic.access.length;
  demandLength(rates.length, perPair ? count * count : count, "traffic");
  const placed = {
    access: arena.copyIn(traffic.access),
    count,
    rates: arena.copyIn(rates),
    perPair: perPair ? 1 : 0,
  };
  demand(kernel.traffic_check(graph, placed.access, count, placed.rates, placed.perPair), "traffic");
  return placed;
}
