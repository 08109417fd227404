/** Who sends and receives: access nodes, what they send, and who may get a monitor. */

import type { Topology } from "../network/topology.ts";
import type { Traffic } from "../wasm/paths/paths.ts";
import { requireNode } from "./limits.ts";
import { PlacementError } from "./placement-error.ts";

/** Who sends and receives, and how much. */
export interface TrafficOptions {
  /**
   * The ends of traffic. `all` (default): every node is both an end and a candidate. `degree-1`: the leaves; candidates are
   * the rest. A list of nodes: candidates are the rest, as in the paper.
   */
  readonly access?: "all" | "degree-1" | readonly number[] | undefined;
  /** r(x,*), one per access node in their order (`all` and `degree-1`: ascending); each other one gets r(x,*) / (A - 1). Default 1 each. */
  readonly rates?: ArrayLike<number> | undefined;
  /** r(x,y), A x A, row = source; the diagonal is ignored. Replaces rates. */
  readonly traffic?: ArrayLike<number> | undefined;
}

export interface Ends {
  /** In the order that rates come in. */
  readonly access: Uint32Array;
  /** Ascending. */
  readonly candidates: Uint32Array;
}

/**
 * @throws RangeError for a node that is none or stands twice; PlacementError where fewer than two access nodes or no
 * candidate is left
 */
export function resolveEnds(topology: Topology, access: TrafficOptions["access"] = "all"): Ends {
  const nodes = topology.names.length;
  const all = Uint32Array.from({ length: nodes }, (_, node) => node);
  if (access === "all") {
    if (nodes < 2)
      throw new PlacementError(`the network has ${nodes === 1 ? "1 node" : "no nodes"}: traffic needs two`);
    return { access: all, candidates: all };
  }
  const chosen = access === "degree-1" ? leaves(topology) : Uint32Array.from(checkList(access, nodes));
  const set = new Set(chosen);
  const candidates = all.filter((node) => !set.has(node));
  if (candidates.length === 0) {
    throw new PlacementError(
      "every node is an access node, so that none is left for a monitor: take access `all`, where ends may have monitors, or name fewer",
    );
  }
  return { access: chosen, candidates };
}

function leaves({ offsets }: Topology): Uint32Array {
  const found: number[] = [];
  for (let node = 0; node + 1 < offsets.length; node++) if (offsets[node + 1] - offsets[node] === 1) found.push(node);
  if (found.length < 2) {
    throw new PlacementError(
      `degree-1 finds ${found.length === 1 ? "1 leaf" : "no leaves"}, traffic needs two access nodes: take \`all\`, where every node is one, or name them`,
    );
  }
  return Uint32Array.from(found);
}

function checkList(list: readonly number[], nodes: number): readonly number[] {
  const seen = new Set<number>();
  for (const node of list) {
    requireNode(node, nodes, "access");
    if (seen.has(node)) throw new RangeError(`access: node ${node} stands twice`);
    seen.add(node);
  }
  if (list.length < 2) throw new PlacementError(`${list.length} access nodes given, traffic needs two`);
  return list;
}

/** @throws RangeError for rates that are not finite and >= 0, or not as many as they ought to be */
export function resolveTraffic(access: Uint32Array, { rates, traffic }: TrafficOptions): Traffic {
  if (traffic !== undefined) {
    if (rates !== undefined) throw new RangeError("rates and traffic are given, expected one of them");
    const demands = checkRates(traffic, access.length ** 2, "traffic");
    for (let i = 0; i < access.length; i++) demands[i * access.length + i] = 0;
    return { access, demands };
  }
  if (rates === undefined) return { access, rates: new Float64Array(access.length).fill(1) };
  return { access, rates: checkRates(rates, access.length, "rates") };
}

function checkRates(values: ArrayLike<number>, expected: number, what: string): Float64Array {
  if (values.length !== expected) throw new RangeError(`${values.length} ${what}, expected ${expected}`);
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] >= 0 && values[i] < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${what}: number ${i} is ${values[i]}, expected a finite number from 0 on`);
    }
  }
  return Float64Array.from(values);
}

/** r(x,y), by places in access. */
export function pairRate(traffic: Traffic): (source: number, target: number) => number {
  const count = traffic.access.length;
  if ("demands" in traffic) return (source, target) => traffic.demands[source * count + target];
  return (source) => traffic.rates[source] / (count - 1);
}

/** Ordered pairs of access nodes in different components. O(n + m) */
export function unconnectedPairs({ names, offsets, neighbours }: Topology, access: Uint32Array): number {
  const component = new Int32Array(names.length).fill(-1);
  const sizes = new Map<number, number>();
  for (const start of access) {
    const queue = component[start] === -1 ? [start] : [];
    if (queue.length === 1) component[start] = start;
    for (let i = 0; i < queue.length; i++) {
      for (let arc = offsets[queue[i]]; arc < offsets[queue[i] + 1]; arc++) {
        const next = neighbours[arc];
        if (component[next] !== -1) continue;
        component[next] = start;
        queue.push(next);
      }
    }
    sizes.set(component[start], (sizes.get(component[start]) ?? 0) + 1);
  }
  let connected = 0;
  for (const size of sizes.values()) connected += size * (size - 1);
  return access.length * (access.length - 1) - connected;
}
