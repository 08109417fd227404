import { describe, expect, it } from "vitest";
import { type EngineOptions, type Outcome, requireResult, runTasks } from "../../src/engine/engine.ts";
import { TaskError } from "../../src/engine/errors.ts";
import type { Input, Task } from "../../src/engine/task.ts";
import { InputError } from "../../src/files/input-error.ts";
import { sketchFile } from "../../src/pipelines/spread/file-sketches.ts";
import type { JsonObject } from "../../src/results/json.ts";

/** Against hangs: what is ended here would else never end, or take minutes. */
const WATCHDOG_MS = 30_000;

const module = new URL("./fixtures/tasks.mjs", import.meta.url).href;

function task(key: string, name: string, parameters: JsonObject = {}, inputs: Task["inputs"] = {}): Task {
  return { key, module, name, parameters, inputs };
}

async function run(tasks: readonly Task[], inputs: readonly Input[] = [], options: EngineOptions = {}) {
  const outcomes: Outcome[] = [];
  for await (const outcome of runTasks(tasks, inputs, options)) outcomes.push(outcome);
  return outcomes;
}

const squares = [0, 1, 2, 3, 4, 5].map((n) => task(`square ${n}`, "slowSquare", { n }));

describe("runTasks", () => {
  it.each([0, 1, 2])("gives the results in the order of the tasks on %i workers", async (workers) => {
    const outcomes = await run(squares, [], { workers });
    expect(outcomes.map(requireResult)).toEqual([0, 1, 2, 3, 4, 5].map((n) => ({ n, square: n * n })));
    expect(outcomes.map((outcome) => outcome.task.key)).toEqual(squares.map(({ key }) => key));
  });

  it.each([0, 2])("tells the progress task by task on %i workers", async (workers) => {
    const done: number[] = [];
    await run(squares, [], { workers, onProgress: (progress) => done.push(progress.done / progress.total) });
    expect(done).toEqual([1, 2, 3, 4, 5, 6].map((n) => n / 6));
  });

  it.each([
    0, 2,
  ])("reports a failed task with its key and parameters and runs the others on %i workers", async (workers) => {
    const tasks = [task("a", "square", { n: 2 }), task("b", "fail", { n: 7 }), task("c", "square", { n: 3 })];
    const outcomes = await run(tasks, [], { workers });
    expect(outcomes.map(({ status }) => status)).toEqual(["done", "failed", "done"]);
    const failure = () => requireResult(outcomes[1]);
    expect(failure).toThrow(TaskError);
    expect(failure).toThrow("task b failed: no luck with 7");
    expect(failure).toThrow(expect.objectContaining({ key: "b", parameters: { n: 7 } }));
  });

  it.each([0, 1])("brings an InputError back as one on %i workers", async (workers) => {
    const rule = {
      sketch: { estimator: "cse", memoryBits: 8000, virtualBits: 64, seed: "1" },
      candidates: 10,
      party: { of: "source", key: "dst", prefix: null },
      ignore: [],
      windowSeconds: null,
      reader: {},
    } as const;
    const [outcome] = await run(
      [sketchFile.task("read", { file: "/nowhere.pcap", rule: { ...rule, ignore: [] } })],
      [],
      {
        workers,
      },
    );
    expect(() => requireResult(outcome)).toThrow(InputError);
    expect(() => requireResult(outcome)).toThrow(/^\/nowhere\.pcap: no such file$/);
  });

  it("names the module that has not the definition", async () => {
    const [outcome] = await run([task("a", "nowhere")], [], { workers: 0 });
    expect(() => requireResult(outcome)).toThrow("tasks.mjs defines no trial nowhere");
  });

  it("replaces a worker that died and runs the other tasks", async () => {
    const tasks = [task("a", "die"), task("b", "square", { n: 2 }), task("c", "square", { n: 3 })];
    const outcomes = await run(tasks, [], { workers: 1 });
    expect(outcomes.map(({ status }) => status)).toEqual(["failed", "done", "done"]);
  });

  it("refuses two tasks of one key, and an input that nothing makes", async () => {
    await expect(run([task("a", "square"), task("a", "square")])).rejects.toThrow("two tasks have the key a");
    await expect(run([task("a", "sum", {}, { numbers: "ten" })])).rejects.toThrow("needs an input ten");
  });

  it.each([-1, 1.5, Number.NaN])("refuses %d workers", async (workers) => {
    await expect(run(squares, [], { workers })).rejects.toThrow("no whole number");
  });
});

describe("inputs", () => {
  const numbers = (key: string, factor: number): Input => ({
    key,
    module,
    name: "makeNumbers",
    parameters: { count: 11, factor },
  });

  it.each([0, 1, 2])("are made once and shared by the tasks that name them on %i workers", async (workers) => {
    const tasks = [1, 2, 3].map((n) => task(`sum ${n}`, "sum", {}, { numbers: "ones" }));
    const results = (await run(tasks, [numbers("ones", 1)], { workers })).map(requireResult);
    const visit = (visits: number) => ({ total: 55, factor: 1, shared: true, visits });
    expect(results).toHaveLength(3);
    expect(results).toEqual(expect.arrayContaining([visit(1), visit(2), visit(3)]));
  });

  it("are let go of after their last task: tasks of one input run together", async () => {
    const order: string[] = [];
    const tasks = ["ones", "twos", "ones", "twos"].map((key, n) => task(`${n} ${key}`, "sum", {}, { numbers: key }));
    const inputs = [numbers("ones", 1), numbers("twos", 2)];
    const outcomes = await run(tasks, inputs, { workers: 0, onProgress: (progress) => order.push(progress.task.key) });
    expect(order).toEqual(["0 ones", "2 ones", "1 twos", "3 twos"]);
    expect(outcomes.map(({ task }) => task.key)).toEqual(["0 ones", "1 twos", "2 ones", "3 twos"]);
  });

  it.each([0, 2])("do not pile up in memory on %i workers", async (workers) => {
    const keys = Array.from({ length: 16 }, (_, i) => `input ${i}`);
    const inputs = keys.map((key) => ({ ...numbers(key, 1), parameters: { count: 4_000_000, factor: 1 } }));
    const tasks = keys.flatMap((key) => [0, 1].map((n) => task(`${key} ${n}`, "sum", {}, { numbers: key })));
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = () => {
      most = Math.max(most, process.memoryUsage().rss - before);
    };
    await run(tasks, inputs, { workers, onProgress: watch });
    const all = 16 * 4_000_000 * 8;
    expect(most).toBeLessThan(0.6 * all);
  });

  it("fail the tasks that need them where the maker fails or returns something else", async () => {
    const broken = { key: "broken", module, name: "makeNothing", parameters: {} };
    const strange = { key: "strange", module, name: "makeFunction", parameters: {} };
    const tasks = [task("a", "sum", {}, { numbers: "broken" }), task("b", "sum", {}, { numbers: "strange" })];
    const outcomes = await run(tasks, [broken, strange], { workers: 0 });
    expect(() => requireResult(outcomes[0])).toThrow("task a failed: the maker broke");
    expect(() => requireResult(outcomes[1])).toThrow("input strange is no plain object of typed arrays");
  });
});

describe("cancellation", () => {
  it("stops a worker that computes for ever, promptly, and yields what was finished", async () => {
    const abort = new AbortController();
    const tasks = [task("a", "square", { n: 2 }), task("b", "forever"), task("c", "square", { n: 3 })];
    const finished: string[] = [];
    let computed = 0;
    const onProgress = () => {
      computed += 1;
      if (computed === 2) abort.abort(new Error("enough"));
    };
    const all = (async () => {
      for await (const outcome of runTasks(tasks, [], { workers: 2, signal: abort.signal, onProgress })) {
        finished.push(outcome.task.key);
      }
    })();
    const start = performance.now();
    await expect(all).rejects.toThrow("enough");
    expect(performance.now() - start).toBeLessThan(WATCHDOG_MS);
    expect(finished).toEqual(["a", "c"]);
  });

  it("stops between two tasks in process", async () => {
    const abort = new AbortController();
    const keys: string[] = [];
    const all = async () => {
      for await (const { task } of runTasks(squares, [], { workers: 0, signal: abort.signal })) {
        keys.push(task.key);
        if (keys.length === 2) abort.abort();
      }
    };
    await expect(all()).rejects.toThrow("abort");
    expect(keys.length).toBeLessThan(squares.length);
  });

  it("does not start where the signal has fired", async () => {
    await expect(run(squares, [], { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow("before");
  });

  it("stops the run where its reader leaves the loop", async () => {
    const tasks = [task("a", "square", { n: 2 }), task("b", "forever")];
    for await (const outcome of runTasks(tasks, [], { workers: 2 })) {
      expect(outcome.task.key).toBe("a");
      break;
    }
  });
});
