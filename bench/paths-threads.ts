import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { compileKernel } from "#src/wasm/kernel/kernel.ts";
import { addPartial, type GraphArrays } from "#src/wasm/paths/paths.ts";
import { interleave, ratioTable } from "./interleave.ts";
import type { PathsWork } from "./paths-worker.ts";

/** Wall-clock time of all sources on two threads and on one; both have a kernel each that is warm. @throws Error where bits differ */
export async function threadsTable(name: string, graph: GraphArrays, rounds: number): Promise<string> {
  const teams = await Promise.all([1, 2].map((threads) => startTeam(graph, threads)));
  try {
    const sums: Float64Array[] = [];
    const contenders = teams.map((team, i) => ({
      name: i === 0 ? "one thread" : "two threads",
      run: async (): Promise<number> => {
        const start = process.hrtime.bigint();
        sums[i] = await runTeam(team, graph);
        return Number(process.hrtime.bigint() - start);
      },
    }));
    const measured = await interleave(contenders.toReversed(), Math.min(rounds, 3));
    if (sums[0]!.some((value, v) => value !== sums[1]![v])) throw new Error(`${name}: threads change the bits`);
    return ratioTable(`Betweenness, ${name}, all sources, wall-clock time`, measured);
  } finally {
    await Promise.all(teams.flat().map((worker) => worker.terminate()));
  }
}

async function startTeam(graph: GraphArrays, threads: number): Promise<Worker[]> {
  const module = compileKernel("paths");
  return Promise.all(
    Array.from({ length: threads }, async (_, thread) => {
      const workerData: PathsWork = { graph, module, thread, threads };
      const worker = new Worker(new URL("./paths-worker.js", import.meta.url), { workerData });
      await once(worker, "message");
      return worker;
    }),
  );
}

async function runTeam(team: readonly Worker[], graph: GraphArrays): Promise<Float64Array> {
  const answers = team.map((worker) => once(worker, "message"));
  for (const worker of team) worker.postMessage("run");
  const parts: Float64Array[] = [];
  for (const answer of await Promise.all(answers)) {
    for (const [i, part] of answer[0]) parts[i] = part;
  }
  const sum = new Float64Array(graph.offsets.length - 1);
  for (const part of parts) addPartial(sum, part);
  return sum;
}
