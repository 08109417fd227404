import { Arena } from "../kernel/arena.ts";
import { compileKernel, demand, instantiate } from "../kernel/kernel.ts";
import * as Status from "../kernel/status.ts";
import { type GraphArrays, type PathsExports, placeGraph, placeTraffic, type Traffic } from "./exports.ts";

/**
 * Every node's gain as monitors are added one after the other, by Puzis, Elovici and Dolev's successive update of three n x n
 * matrices (2007): O(A n m) once at worst for A access nodes, O(n^2) per monitor, 24 n^2 bytes. Gains carry an error of about 1e-14
 * of the whole rate, so that a gain of 0 may show as such a residue.
 */
export class SuccessivePaths {
  readonly nodes: number;
  readonly #kernel: PathsExports;
  readonly #arena: Arena;
  readonly #state: number;

  /**
   * @throws KernelError where the graph or the traffic is refused, where memory does not hold the matrices (about n = 13000),
   * or, status 9, where two nodes have more than 2^53 shortest paths
   */
  constructor(graph: GraphArrays, traffic: Traffic, module: WebAssembly.Module = compileKernel("paths")) {
    const kernel = instantiate<PathsExports>(module);
    this.#kernel = kernel;
    this.#arena = new Arena(kernel);
    this.nodes = graph.offsets.length - 1;
    const placed = placeGraph(kernel, graph);
    const { access, count, rates, perPair } = placeTraffic(kernel, placed, traffic);
    const bytes = kernel.successive_bytes(this.nodes) >>> 0;
    demand(bytes === 0 ? Status.BAD_PARAMETER : Status.OK, "successive update: number of nodes");
    this.#state = this.#arena.reserve(bytes);
    demand(kernel.successive_init(this.#state, placed, access, count, rates, perPair), "successive update");
  }

  /** What each node would add to what the monitors observe: as ObservedPaths's gains. O(n) */
  gains(): Float64Array {
    return this.#arena.scoped(() => {
      const gains = this.#arena.reserve(this.nodes * 8);
      demand(this.#kernel.successive_gains(this.#state, gains), "successive update");
      return this.#arena.f64(gains, this.nodes);
    });
  }

  /** Puts a monitor on a node. O(n^2) @throws KernelError where there is no such node */
  add(node: number): void {
    demand(this.#kernel.successive_add(this.#state, node), "successive update");
  }
}
