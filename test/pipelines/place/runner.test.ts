import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askedInput, unpack } from "../../../src/pipelines/place/asked.ts";
import { runPlace } from "../../../src/pipelines/place/place-job.ts";
import { runTraceback } from "../../../src/pipelines/traceback/traceback-job.ts";
import { placeMonitors } from "../../../src/placement/place-monitors.ts";
import { observationChunks } from "../../../src/wasm/paths/paths.ts";
import { randomTopology } from "../../oracles/placement.ts";

/** Looks at it are spread over threads: each in many chunks. */
const NODES = 900;
const topology = randomTopology(5, NODES, 2200);
let directory = "";
let file = "";

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-runner-"));
  file = join(directory, "network.txt");
  const { names, offsets, neighbours } = topology;
  const edges = names.flatMap((name, node) =>
    Array.from(neighbours.subarray(offsets[node], offsets[node + 1]))
      .filter((next) => next > node)
      .map((next) => `${name} ${names[next]}`),
  );
  await writeFile(file, `${edges.join("\n")}\n`);
});
afterAll(() => rm(directory, { recursive: true }));

const job = (placement: object) => ({ network: { file, routes: false }, placement, compare: false });

describe("placements in parts", () => {
  it.each([
    "greedy",
    "kmax",
    "betweenness",
    "sampled",
    "exact",
  ] as const)("by %s are the same bits on any number of workers, and those of the library", async (method) => {
    expect(observationChunks(NODES)).toBeGreaterThan(8);
    const question = { method, monitors: 3, nodeBudget: 3, seed: 7 };
    const [here, one, three] = await Promise.all([0, 1, 3].map((workers) => runPlace({ ...job(question), workers })));
    expect(one).toEqual(here);
    expect(three).toEqual(here);
    const request = { network: { file, routes: false }, placement: question };
    const signal = new AbortController().signal;
    const context = { signal, report: () => {} };
    const asked = unpack(await askedInput.call({ request: JSON.stringify(request) }, context));
    const { monitors, observed, bound } = placeMonitors(asked.topology, asked.question.options);
    expect(here.monitors.map(({ node }) => node)).toEqual(monitors.map(({ node }) => asked.topology.names[node]));
    expect([here.observed, here.bound]).toEqual([observed, bound]);
  }, 120_000);

  it("tell how far they are, and end there", async () => {
    const told: (readonly [string, number, number])[] = [];
    await runPlace({ ...job({ monitors: 9 }), workers: 2, onProgress: (...each) => told.push(each) });
    expect(told.length).toBeGreaterThan(10);
    for (const [part, done, total] of told) {
      expect(part).toBe("greedy");
      expect(done).toBeLessThanOrEqual(total);
    }
  });

  it("stop with the signal's reason", async () => {
    const stop = new AbortController();
    const running = runPlace({
      ...job({ monitors: 9 }),
      workers: 1,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("what a task refuses", () => {
  it("is told as by the library", async () => {
    const one = { ...job({ monitors: 1, method: "brute" as const, budget: 1e9 }), workers: 1 };
    await expect(runPlace({ ...one, placement: { monitors: 9, method: "brute" } })).rejects.toThrow(
      /^brute would look at/,
    );
    await expect(runPlace({ ...one, placement: { monitors: 1, access: "nobody" } })).rejects.toThrow(RangeError);
    const missing = { file: join(directory, "none.txt"), routes: false };
    await expect(runPlace({ ...one, network: missing })).rejects.toThrow(`${missing.file}: no such file`);
  });
});

describe("tracebacks", () => {
  it("are the same on any number of workers", async () => {
    const linked = topology.names.filter((_, node) => topology.offsets[node + 1] > topology.offsets[node]);
    const access = linked.slice(0, 40).join(",");
    const chain = linked.slice(0, 3).join(",");
    const question = { ...job({ monitors: 4, access }), chain, falsePositive: 0.1 };
    const [here, two] = await Promise.all([0, 2].map((workers) => runTraceback({ ...question, workers })));
    expect(two).toEqual(here);
    expect(here.monitors).toHaveLength(4);
  });
});
