import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { requireResult } from "../../src/engine/engine.ts";
import { createExecutor } from "../../src/engine/executor.ts";
import { mapMerge } from "../../src/engine/map-merge.ts";
import { runAll, seededTasks, task } from "./run-all.ts";

describe("a worker that dies", () => {
  it("is replaced, and its trial tried once more", async () => {
    const file = join(tmpdir(), `netvantage-die-${process.pid}-${Date.now()}`);
    const outcomes = await runAll([task("a", "dieOnce", { file }), task("b", "square", { n: 2 })], { workers: 1 });
    expect(outcomes).toMatchObject([
      { status: "done", result: { again: true } },
      { status: "done", result: { n: 2, square: 4 } },
    ]);
    expect(await readFile(file, "utf8")).toBe("xx");
  });

  it.each([
    ["die", /^task it failed: its worker died, and the next one too: .*exited/],
    ["trap", /^task it failed: its worker died, and the next one too: unreachable$/],
  ])("the second time fails its trial alone, with its parameters: %s", async (name, message) => {
    const tasks = [task("it", name, { n: 5 }), ...seededTasks(4)];
    const [failed, ...others] = await runAll(tasks, { workers: 2 });
    expect(failed).toMatchObject({
      status: "failed",
      error: { message: expect.stringMatching(message), parameters: { n: 5 } },
    });
    expect(others.map(({ status }) => status)).toEqual(["done", "done", "done", "done"]);
  });

  it("after a trap leaves its thread to no other trial", async () => {
    const threads = async (between: string) => {
      const list = ["whichThread", between, "whichThread"].map((name, i) => task(`${i}`, name, { n: 1 }));
      const outcomes = await runAll(list, { workers: 1 });
      return new Set(outcomes.flatMap((each) => (each.status === "done" ? [JSON.stringify(each.result)] : []))).size;
    };
    expect(await threads("fail")).toBe(1);
    expect(await threads("trap")).toBe(2);
  });
});

const megabyteSchema = z.object({ bytes: z.instanceof(Uint8Array) });
const copiedSchema = z.object({ pages: z.instanceof(Uint8Array), half: z.instanceof(Uint8Array) });

describe("a thread that runs out of memory", () => {
  it("ends, and its process goes on", () => {
    const script = fileURLToPath(new URL("./fixtures/small-heap.mjs", import.meta.url));
    const { status, stdout } = spawnSync(process.execPath, ["--max-old-space-size=64", script], { encoding: "utf8" });
    expect([status, stdout]).toEqual([
      0,
      "task fill failed: its worker died, and the next one too: " +
        "Worker terminated due to reaching memory limit: JS heap out of memory\ndone\n",
    ]);
  });
});

describe("threads", () => {
  it("compile no kernel that this process has compiled", async () => {
    expect(await runAll([task("a", "compiles")], { workers: 1 })).toMatchObject([{ result: { compiled: 0 } }]);
  });

  it("hand large results over without a copy, and copy what cannot be handed over", async () => {
    const tasks = [task("a", "megabyte"), task("b", "untransferable"), task("c", "untransferable")];
    const results = (await runAll(tasks, { workers: 1 })).map(requireResult);
    const { bytes } = megabyteSchema.parse(results[0]);
    expect([bytes.length, bytes.every((byte) => byte === 7)]).toEqual([1 << 20, true]);
    for (const copied of results.slice(1)) {
      const { pages, half } = copiedSchema.parse(copied);
      expect([pages.length, half.length, half.every((byte) => byte === 9)]).toEqual([4 << 16, 1 << 17, true]);
    }
    expect(await runAll([task("a", "megabyte"), task("b", "megabyte")], { workers: 1 })).toMatchObject([
      { result: { gone: false } },
      { result: { gone: true } },
    ]);
  });

  it("read inputs where they are: what one call changes, the next one sees", async () => {
    const executor = createExecutor(2, 2);
    const module = new URL("./fixtures/tasks.mjs", import.meta.url).href;
    const values = new Float64Array(new SharedArrayBuffer(8 * 11)).fill(1);
    const call = {
      kind: "trial",
      module,
      name: "sum",
      parameters: {},
      inputs: { numbers: { values, factor: 1 } },
    } as const;
    const replies = await Promise.all([1, 2, 3, 4].map(() => executor.run(call)));
    await executor.stop();
    expect(replies.map((reply) => reply.ok && reply.value)).toHaveLength(4);
    expect(new Int32Array(values.buffer)[0]).toBe(4);
  });
});

describe("the results", () => {
  it("are the same on 0, 1, 2 and 4 workers", async () => {
    const tasks = seededTasks(12);
    const [here, ...threads] = await Promise.all(
      [0, 1, 2, 4].map(async (workers) =>
        (await runAll(tasks, { workers })).map((each) => each.status === "done" && each.result),
      ),
    );
    for (const each of threads) expect(each).toEqual(here);
  });
});

describe("mapMerge", () => {
  const merge = task("merge", "joinParts", { separator: "," });

  it.each([0, 2])("folds the parts in their order on %i workers", async (workers) => {
    const parts = [0, 1, 2, 3].map((n) =>
      task(`part ${n}`, "stream", { n, seed: `${n}f3a5c7d9`, milliseconds: 40 - 10 * n }),
    );
    const told: string[] = [];
    const onProgress = (done: number, total: number) => told.push(`${done}/${total}`);
    const merged = await mapMerge({ parts, merge }, { workers, onProgress });
    expect(merged).toEqual({ text: expect.stringMatching(/^0:0\.\d+,1:0\.\d+,2:0\.\d+,3:0\.\d+$/) });
    expect(told).toEqual(["1/4", "2/4", "3/4", "4/4"]);
  });

  it("fails with the first part that failed", async () => {
    const parts = [task("a", "square", { n: 1 }), task("b", "fail", { n: 7 })];
    await expect(mapMerge({ parts, merge }, { workers: 0 })).rejects.toThrow("task b failed: no luck with 7");
  });

  it("merges the parts that are ready where it is interrupted", async () => {
    const abort = new AbortController();
    const parts = [...seededTasks(2), task("endless", "forever")];
    const onProgress = (done: number) => {
      if (done === 2) abort.abort();
    };
    const merged = await mapMerge({ parts, merge }, { workers: 2, signal: abort.signal, onProgress });
    expect(merged).toEqual({ text: expect.stringMatching(/^0:0\.\d+,1:0\.\d+$/) });
  });
});
