import { seedHalves } from "../../numbers/seed-halves.ts";
import { Arena } from "../kernel/arena.ts";
import { compileKernel, demand, instantiate } from "../kernel/kernel.ts";
import { demandLength, type GraphArrays, type PathsExports, placeGraph, placePlan } from "./exports.ts";
import { chunkSize } from "./observed.ts";

export type { GraphArrays, Traffic } from "./exports.ts";
export { mergeObservations, type Observation, ObservedPaths, observationChunks } from "./observed.ts";
export { SuccessivePaths } from "./successive.ts";

/** Sources that the kernel takes at once. */
const BATCH = 8;

/** Random shortest paths: path i has the nodes nodes[ends[i - 1] ?? 0] .. nodes[ends[i] - 1], both its ends among them. */
export interface PathSamples {
  /** One per sample; a pair without a path adds no node. */
  readonly ends: Uint32Array;
  readonly nodes: Uint32Array;
}

/** A graph's shortest paths, in a kernel instance of their own. Arrays in, arrays out; every refusal is a KernelError. */
export class ShortestPaths {
  readonly nodes: number;
  readonly #kernel: PathsExports;
  readonly #arena: Arena;
  readonly #graph: number;
  /** Of a graph without lengths: its core and folded trees. */
  readonly #plan: number;
  readonly #sources: number;

  /** @throws KernelError where the arrays are no undirected simple graph, or a length is not positive and finite */
  constructor(graph: GraphArrays, module: WebAssembly.Module = compileKernel("paths")) {
    this.#kernel = instantiate<PathsExports>(module);
    this.#arena = new Arena(this.#kernel);
    this.nodes = graph.offsets.length - 1;
    this.#graph = placeGraph(this.#kernel, graph);
    this.#plan = placePlan(this.#kernel, this.#graph, graph, true);
    this.#sources = this.#plan === 0 ? this.nodes : this.#kernel.plan_sources(this.#plan);
  }

  /** Parts into which betweenness is cut for threads: a function of the graph alone. */
  get betweennessChunks(): number {
    return Math.ceil(this.#sources / this.#chunk);
  }

  get #chunk(): number {
    return chunkSize(this.#sources, BATCH);
  }

  /**
   * Betweenness of every node: over all unordered pairs, the share of the pair's shortest paths that run through the node,
   * ends excluded (Brandes, 2001; what networkx calls normalized=False). Where lengths differ by direction, each ordered pair
   * counts half. Pairs without a path count nothing. The same bits as the sum of the chunks. O(n m), with lengths
   * O(n m log m). @throws KernelError status 9 where path counts leave the range of
   * doubles: with lengths past 2^960; without, where those of nodes at one distance from a source span more than 2^900
   */
  betweenness(): Float64Array {
    const sum = new Float64Array(this.nodes);
    for (let i = 0; i < this.betweennessChunks; i++) addPartial(sum, this.betweennessChunk(i));
    return sum;
  }

  /** Chunk i's part of betweenness; the whole is the sum in chunk order (addPartial). */
  betweennessChunk(i: number): Float64Array {
    const first = i * this.#chunk;
    return this.#arena.scoped(() => {
      const out = this.#arena.reserve(this.nodes * 8);
      const count = Math.min(this.#chunk, this.#sources - first);
      const status =
        this.#plan === 0
          ? this.#kernel.betweenness_sources(this.#graph, first, count, out)
          : this.#kernel.betweenness_batch(this.#plan, first, count, out);
      demand(status, "betweenness");
      return this.#arena.f64(out, this.nodes);
    });
  }

  /**
   * Samples [first, first + count) of a seed's stream: a random ordered pair of access nodes, its source drawn by rate
   * (equal without rates) and its target among the others, and one of its shortest paths, each as likely; lengths are not
   * looked at. Greedy cover of ceil(k ln n / eps^2) samples is within 1 - 1/e - eps of the best k nodes, in shares of the
   * rate, with high probability (Mahmoody, Tsourakakis, Upfal, HEDGE, KDD 2016; Pellegrina, CentRA, KDD 2023). Any split into
   * ranges gives the same samples. @param access two nodes at least @param rates beside access, finite, >= 0, not all 0
   */
  sample(seed: bigint, first: number, count: number, access: Uint32Array, rates?: Float64Array): PathSamples {
    const arena = this.#arena;
    return arena.scoped(() => {
      const placed = arena.copyIn(access);
      const sums = rates === undefined ? 0 : arena.copyIn(cumulate(rates, access.length));
      const ends = arena.reserve(count * 4);
      const info = arena.reserve(4);
      const parts: Uint32Array[] = [];
      const allEnds = new Uint32Array(count);
      let base = 0;
      let capacity = Math.max(1024, 16 * count);
      for (let done = 0; done < count; ) {
        const part = arena.scoped(() => {
          const nodes = arena.reserve(capacity * 4);
          const status = this.#kernel.sample_paths(
            this.#graph,
            placed,
            access.length,
            sums,
            ...seedHalves(seed),
            first + done,
            count - done,
            capacity,
            ends,
            nodes,
            info,
          );
          demand(status, "samples");
          const drawn = arena.u32(ends, arena.u32(info, 1)[0]!);
          return { ends: drawn, nodes: arena.u32(nodes, drawn.at(-1) ?? 0) };
        });
        part.ends.forEach((end, i) => {
          allEnds[done + i] = base + end;
        });
        parts.push(part.nodes);
        base += part.nodes.length;
        done += part.ends.length;
        // The longest path has n nodes: a room of n always takes one more.
        if (part.ends.length === 0) capacity = Math.max(2 * capacity, this.nodes);
      }
      return { ends: allEnds, nodes: joined(parts, base) };
    });
  }
}

/** Adds a partial result to a sum, in place: call it in chunk order for the same bits whatever the threads. */
export function addPartial(sum: Float64Array, partial: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + partial[i]!;
}

function joined(parts: Uint32Array[], length: number): Uint32Array {
  const all = new Uint32Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Running sums; the kernel refuses those of rates that are out of range. */
function cumulate(rates: Float64Array, count: number): Float64Array {
  demandLength(rates.length, count, "rates");
  let sum = 0;
  return rates.map((rate) => {
    sum += rate;
    return sum;
  });
}
