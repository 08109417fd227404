import { describe, expect, it } from "vitest";
import { type Engine, openEngine, requireResult } from "../../src/engine/engine.ts";
import type { Input, Task } from "../../src/engine/task.ts";
import { module, task } from "./run-all.ts";

async function round(engine: Engine, tasks: readonly Task[], inputs: readonly Input[] = []): Promise<unknown[]> {
  const results: unknown[] = [];
  for await (const outcome of engine.run(tasks, inputs)) results.push(requireResult(outcome));
  return results;
}

const numbers = (key: string, factor: number): Input => ({
  key,
  module,
  name: "makeNumbers",
  parameters: { count: 11, factor },
});
const sums = (count: number, key: string) =>
  Array.from({ length: count }, (_, n) => task(`sum ${n}`, "sum", {}, { numbers: key }));
const visits = (results: readonly unknown[]) => results.map((each) => JSON.parse(JSON.stringify(each)).visits).sort();

describe("an engine for several rounds", () => {
  it.each([0, 1])("gives each round's results, on the same %i threads", async (workers) => {
    const engine = openEngine({ workers });
    const threads = new Set<string>();
    for (let i = 0; i < 3; i++) {
      const [thread, square] = await round(engine, [task("thread", "whichThread"), task("square", "square", { n: i })]);
      threads.add(JSON.stringify(thread));
      expect(square).toEqual({ n: i, square: i * i });
    }
    expect(threads.size).toBe(1);
    await engine.close();
  });

  it("starts more threads where a later round needs them", async () => {
    const engine = openEngine({ workers: 2 });
    const threads = async (count: number) => {
      const tasks = Array.from({ length: count }, (_, n) => task(`${n}`, "whichThread"));
      return new Set((await round(engine, tasks)).map((each) => JSON.stringify(each))).size;
    };
    expect(await threads(1)).toBe(1);
    expect(await threads(20)).toBe(2);
    await engine.close();
  });

  it.each([
    0, 2,
  ])("keeps an input while rounds list it, and one changed or not listed is made anew, %i workers", async (workers) => {
    const engine = openEngine({ workers });
    const ones = [numbers("ones", 1)];
    expect(visits(await round(engine, sums(2, "ones"), ones))).toEqual([1, 2]);
    expect(visits(await round(engine, sums(2, "ones"), ones))).toEqual([3, 4]);
    expect(visits(await round(engine, [task("a", "square", { n: 1 })], ones))).toEqual([undefined]);
    expect(visits(await round(engine, sums(1, "ones"), ones))).toEqual([5]);
    const twos = await round(engine, sums(1, "ones"), [numbers("ones", 2)]);
    expect(twos).toMatchObject([{ factor: 2, visits: 1 }]);
    expect(visits(await round(engine, sums(1, "ones"), ones))).toEqual([1]);
    await engine.close();
  });

  it("goes on after a round with a failed task", async () => {
    const engine = openEngine({ workers: 1 });
    const statuses: string[] = [];
    for await (const { status } of engine.run([task("a", "fail", { n: 1 }), task("b", "square", { n: 2 })])) {
      statuses.push(status);
    }
    expect(statuses).toEqual(["failed", "done"]);
    expect(await round(engine, [task("a", "square", { n: 3 })])).toEqual([{ n: 3, square: 9 }]);
    await engine.close();
  });

  it("does no round once it is closed, or its signal has fired", async () => {
    const engine = openEngine({ workers: 0 });
    await round(engine, [task("a", "square", { n: 3 })]);
    await engine.close();
    await expect(round(engine, [task("a", "square", { n: 3 })])).rejects.toThrow("the engine was closed");
    const stopped = openEngine({ workers: 0, signal: AbortSignal.abort(new Error("enough")) });
    await expect(round(stopped, [task("a", "square", { n: 3 })])).rejects.toThrow("enough");
    await stopped.close();
  });
});
