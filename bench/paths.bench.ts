import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Arena } from "#src/wasm/kernel/arena.ts";
import { compileKernel, demand, instantiate } from "#src/wasm/kernel/kernel.ts";
import { type PathsExports, placeGraph, placePlan } from "#src/wasm/paths/exports.ts";
import { type GraphArrays, ShortestPaths } from "#src/wasm/paths/paths.ts";
import { barabasiAlbert, leafShare, routerLike } from "./graphs.ts";
import { type Contender, interleave, ratioTable } from "./interleave.ts";
import { startNative } from "./native.ts";
import { graphologyMetrics, igraph } from "./paths-peers.ts";
import { threadsTable } from "./paths-threads.ts";

/** Sources of a run: some of all, taken from the plan's middle, where they lie neither together nor at the edge. */
const SOURCES = 2048;

/** CPU nanoseconds in user mode, which other work on the machine disturbs least. */
function cpuTimed(work: () => void): () => number {
  return () => {
    const start = process.cpuUsage();
    work();
    return process.cpuUsage(start).user * 1e3;
  };
}

/**
 * Betweenness of a Barabasi-Albert graph (10,000 nodes, 50,000 edges) and of a router-like one (20,000 nodes, 31,000 edges): the
 * kernel (SIMD and scalar) beside the same algorithm in C, graphology-metrics on graphs of 2000 nodes, one thread beside two; with
 * full, igraph on the large graphs. CPU time except for threads. @throws Error where two of them disagree
 */
export async function pathsSuite(rounds: number, full: boolean): Promise<string[]> {
  const large: [string, GraphArrays][] = [
    ["Barabasi-Albert, 10,000 nodes", barabasiAlbert(10_000, 5, 1)],
    ["router-like, 20,000 nodes", routerLike(20_000, 31_000, 1)],
  ];
  const small: [string, GraphArrays][] = [
    ["Barabasi-Albert, 2000 nodes", barabasiAlbert(2000, 5, 2)],
    ["router-like, 2000 nodes", routerLike(2000, 3100, 2)],
  ];
  const tables: string[] = [];
  for (const [name, graph] of large) tables.push(await nativeTable(name, graph, rounds));
  for (const [name, graph] of small) tables.push(await graphologyTable(name, graph));
  if (full) for (const [name, graph] of large) tables.push(await igraphTable(name, graph));
  for (const [name, graph] of large) tables.push(await threadsTable(name, graph, rounds));
  return tables;
}

function titleOf(name: string, graph: GraphArrays): string {
  const leaves = (100 * leafShare(graph)).toFixed(0);
  return `Betweenness, ${name}, ${graph.neighbours.length / 2} edges, ${leaves} % leaves`;
}

async function nativeTable(name: string, graph: GraphArrays, rounds: number): Promise<string> {
  const first = 2048;
  const simd = kernelAt("simd", graph, first);
  const scalar = kernelAt("scalar", graph, first);
  if (simd.sum() !== scalar.sum()) throw new Error(`${name}: the two builds differ`);
  const contenders: Contender[] = [
    { name: "kernel, SIMD", run: cpuTimed(simd.run) },
    { name: "kernel, scalar", run: cpuTimed(scalar.run) },
  ];
  const native = startNative("paths", ["-O3", "-msse4.2"]);
  const folder = mkdtempSync(join(tmpdir(), "netvantage-bench-"));
  try {
    if (native !== undefined) {
      const file = join(folder, "graph");
      const head = Uint32Array.of(graph.offsets.length - 1, graph.neighbours.length);
      writeFileSync(file, Buffer.concat([head, graph.offsets, graph.neighbours].map((a) => new Uint8Array(a.buffer))));
      await native.run(`load ${file}`);
      contenders.push({ name: "C, same algorithm", run: () => native.run(`run ${first} ${SOURCES}`) });
    }
    return ratioTable(`${titleOf(name, graph)}, ${SOURCES} sources`, await interleave(contenders, rounds));
  } finally {
    native?.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The kernel's batches alone, on a graph and plan that lie in its memory. */
function kernelAt(build: "simd" | "scalar", graph: GraphArrays, first: number) {
  const kernel = instantiate<PathsExports>(compileKernel("paths", build));
  const arena = new Arena(kernel);
  const nodes = graph.offsets.length - 1;
  const plan = placePlan(kernel, placeGraph(kernel, graph), graph, true);
  const out = arena.reserve(nodes * 8);
  const run = (): void => demand(kernel.betweenness_batch(plan, first, SOURCES, out), "betweenness");
  const sum = (): number => {
    run();
    return arena.f64(out, nodes).reduce((a, b) => a + b, 0);
  };
  return { run, sum };
}

async function graphologyTable(name: string, graph: GraphArrays): Promise<string> {
  const theirs = graphologyMetrics(graph);
  const paths = new ShortestPaths(graph);
  agree(name, sumOf(paths), theirs().sum);
  const measured = await interleave(
    [
      { name: "ShortestPaths.betweenness", run: cpuTimed(() => void paths.betweenness()) },
      { name: "graphology-metrics", run: () => theirs().nanoseconds },
    ],
    3,
  );
  return ratioTable(titleOf(name, graph), measured);
}

async function igraphTable(name: string, graph: GraphArrays): Promise<string> {
  const theirs = igraph(graph);
  if (theirs === undefined) return `${titleOf(name, graph)}\n  igraph: not run, python3-igraph is not installed`;
  const paths = new ShortestPaths(graph);
  agree(name, sumOf(paths), theirs.sum);
  const run = cpuTimed(() => void new ShortestPaths(graph).betweenness());
  const measured = [
    ...(await interleave([{ name: "ShortestPaths, all sources", run }], 2)),
    ...(await interleave([{ name: `igraph ${theirs.version}`, run: () => igraph(graph)?.nanoseconds ?? 0 }], 1)),
  ];
  return ratioTable(titleOf(name, graph), measured);
}

function sumOf(paths: ShortestPaths): number {
  return paths.betweenness().reduce((a, b) => a + b, 0);
}

function agree(name: string, ours: number, theirs: number): void {
  if (Math.abs(ours - theirs) > 1e-9 * ours) throw new Error(`${name}: ${ours} here, ${theirs} there`);
}
