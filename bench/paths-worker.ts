import { parentPort, workerData } from "node:worker_threads";
import { type GraphArrays, ShortestPaths } from "#src/wasm/paths/paths.ts";

/** What a thread is given: the graph, the compiled kernel, and which of how many threads it is. */
export interface PathsWork {
  readonly graph: GraphArrays;
  readonly module: WebAssembly.Module;
  readonly thread: number;
  readonly threads: number;
}

/** Answers every message with the partial sums of its chunks, once they are all there. */
const { graph, module, thread, threads }: PathsWork = workerData;
const paths = new ShortestPaths(graph, module);
paths.betweennessChunk(thread % paths.betweennessChunks);
parentPort?.postMessage("ready");
parentPort?.on("message", () => {
  const parts: [number, Float64Array][] = [];
  for (let i = thread; i < paths.betweennessChunks; i += threads) parts.push([i, paths.betweennessChunk(i)]);
  parentPort?.postMessage(parts);
});
