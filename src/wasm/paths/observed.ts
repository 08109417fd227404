import { Arena } from "../kernel/arena.ts";
import { compileKernel, demand, instantiate } from "../kernel/kernel.ts";
import * as Status from "../kernel/status.ts";
import {
  type GraphArrays,
  type PathsExports,
  type PlacedTraffic,
  placeGraph,
  placePlan,
  placeTraffic,
  type Traffic,
} from "./exports.ts";

/** Sums are merged a chunk at a time, the same chunks whatever the number of threads: so many at most, none smaller. */
const MAX_CHUNKS = 64;
const MIN_CHUNK = 64;

/** What a set of monitors sees of the access pairs' rates. */
export interface Observation {
  /** Rate of the ordered pairs that have a path. */
  readonly connected: number;
  /** Rate of the pairs without one, which nobody can observe. */
  readonly unconnected: number;
  /** Rate that the monitors observe: f(M). 0 without monitors; connected, exactly, where every path meets one. */
  readonly observed: number;
  /** f(M + v) - f(M) of every node v, 0 for monitors; without monitors, every node's attack observe rate. */
  readonly gains: Float64Array;
}

/**
 * A graph and its access pairs: what any set of monitors observes, by one pass over each access node's shortest paths.
 * A monitor on an end of a pair observes the pair, so candidates should hold an access node only where that is meant.
 */
export class ObservedPaths {
  readonly nodes: number;
  readonly #kernel: PathsExports;
  readonly #arena: Arena;
  readonly #graph: number;
  readonly #plan: number;
  readonly #traffic: PlacedTraffic;

  /** @throws KernelError where the graph or the traffic is refused */
  constructor(graph: GraphArrays, traffic: Traffic, module: WebAssembly.Module = compileKernel("paths")) {
    this.#kernel = instantiate<PathsExports>(module);
    this.#arena = new Arena(this.#kernel);
    this.nodes = graph.offsets.length - 1;
    this.#graph = placeGraph(this.#kernel, graph);
    this.#plan = placePlan(this.#kernel, this.#graph, graph, false);
    this.#traffic = placeTraffic(this.#kernel, this.#graph, traffic);
  }

  /** Parts into which a pass is cut for threads: a function of the number of access nodes alone. */
  get chunks(): number {
    return observationChunks(this.#traffic.count);
  }

  /**
   * The rate that monitors on these nodes observe and the gain of each further node, over original shortest paths: no traffic
   * is re-routed. Greedy by it costs O(k A (n + m)), A access nodes; with lengths O(k A m log m). The same bits as
   * mergeObservations of the chunks. @throws KernelError status 9 where path counts leave the range of
   * doubles: with lengths past 2^960; without, where those of nodes at one distance from a source span more than 2^900
   */
  observe(monitors: Uint32Array = new Uint32Array(0)): Observation {
    const parts: Observation[] = [];
    for (let i = 0; i < this.chunks; i++) parts.push(this.observeChunk(monitors, i));
    return mergeObservations(parts, this.nodes);
  }

  /** Chunk i's part of observe. */
  observeChunk(monitors: Uint32Array, i: number): Observation {
    const { access, count, rates, perPair } = this.#traffic;
    const removed = new Uint8Array(this.nodes);
    for (const v of monitors) {
      demand(v < this.nodes ? Status.OK : Status.BAD_PARAMETER, "monitors");
      removed[v] = 1;
    }
    return this.#arena.scoped(() => {
      const marks = this.#arena.copyIn(removed);
      const gains = this.#arena.reserve(this.nodes * 8);
      const totals = this.#arena.reserve(24);
      const size = chunkSize(count);
      const first = i * size;
      const sources = Math.min(size, count - first);
      const pass = this.#plan === 0 ? this.#kernel.observe : this.#kernel.observe_batch;
      const status = pass(
        this.#plan === 0 ? this.#graph : this.#plan,
        access,
        count,
        rates,
        perPair,
        marks,
        first,
        sources,
        gains,
        totals,
      );
      demand(status, "observe");
      const [connected, unconnected, observed] = this.#arena.f64(totals, 3);
      return {
        connected: connected!,
        unconnected: unconnected!,
        observed: observed!,
        gains: this.#arena.f64(gains, this.nodes),
      };
    });
  }
}

/** Sources that a chunk takes of so many. @param batch sources that a kernel takes at once: chunks are whole batches */
export function chunkSize(sources: number, batch = 1): number {
  return Math.max(MIN_CHUNK, batch * Math.ceil(sources / (batch * MAX_CHUNKS)));
}

/** Parts into which an observation of so many access nodes is cut. */
export function observationChunks(accessNodes: number): number {
  return Math.ceil(accessNodes / chunkSize(accessNodes));
}

/** Adds up the chunks' observations in the order given, which is to be chunk order. @param nodes of the graph */
export function mergeObservations(parts: readonly Observation[], nodes: number): Observation {
  let connected = 0;
  let unconnected = 0;
  let observed = 0;
  const gains = new Float64Array(nodes);
  for (const part of parts) {
    connected += part.connected;
    unconnected += part.unconnected;
    observed += part.observed;
    for (let v = 0; v < nodes; v++) gains[v] = gains[v]! + part.gains[v]!;
  }
  return { connected, unconnected, observed, gains };
}
