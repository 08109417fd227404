import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requireResult, runTasks } from "../../src/engine/engine.ts";
import { openStore } from "../../src/engine/store.ts";
import type { Task } from "../../src/engine/task.ts";

const module = new URL("./fixtures/tasks.mjs", import.meta.url).href;
const tasks: Task[] = [1, 2, 3].map((n) => ({ key: `square ${n}`, module, name: "square", parameters: { n } }));

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-store-"));
});

afterEach(() => rm(directory, { recursive: true }));

async function run(options: { version?: string; fresh?: boolean; tasks?: readonly Task[] } = {}) {
  const notes: string[] = [];
  const results = await openStore(directory, { fresh: options.fresh === true, onNote: (note) => notes.push(note) });
  const store = { results, version: options.version ?? "1" };
  const stored: boolean[] = [];
  const values: unknown[] = [];
  for await (const outcome of runTasks(options.tasks ?? tasks, [], { workers: 0, store })) {
    values.push(requireResult(outcome));
    stored.push(outcome.status === "done" && outcome.stored);
  }
  return { stored, values, notes };
}

describe("a run with a store", () => {
  it("leaves one file per task and nothing else", async () => {
    await run();
    const files = await readdir(directory);
    expect(files).toHaveLength(3);
    expect(files.filter((file) => !/^[0-9a-f]{64}\.json$/.test(file))).toEqual([]);
  });

  it("takes what is there and runs the rest, with equal results", async () => {
    const first = await run({ tasks: tasks.slice(0, 2) });
    const second = await run();
    expect(first.stored).toEqual([false, false]);
    expect(second.stored).toEqual([true, true, false]);
    expect(second.values).toEqual([1, 2, 3].map((n) => ({ n, square: n * n })));
    expect(second.notes).toEqual([]);
  });

  it("does not use results of other code, other parameters, or when told to be fresh", async () => {
    await run();
    expect((await run({ version: "2" })).stored).toEqual([false, false, false]);
    expect((await run({ fresh: true })).stored).toEqual([false, false, false]);
    const other = tasks.map((task) => ({ ...task, parameters: { n: 9 } }));
    expect((await run({ tasks: other })).stored).toEqual([false, false, false]);
    expect((await run()).stored).toEqual([true, true, true]);
  });

  it.each([
    ["torn", (text: string) => text.slice(0, text.length / 2)],
    ["empty", () => ""],
    ["tampered with", (text: string) => text.replace('"square":', '"sqware":')],
    ["another task's", (text: string) => text.replaceAll('"n":', '"m":')],
  ])("runs a task again whose file is %s, with a note that names the file", async (_, damage) => {
    await run();
    const [file] = await readdir(directory);
    await writeFile(join(directory, file), damage(await readFile(join(directory, file), "utf8")));
    const again = await run();
    expect(again.stored.filter((stored) => !stored)).toHaveLength(1);
    expect(again.values).toEqual([1, 2, 3].map((n) => ({ n, square: n * n })));
    expect(again.notes).toEqual([`stored result ${join(directory, file)} is damaged: its trial runs again`]);
    expect((await run()).stored).toEqual([true, true, true]);
  });

  it("fails a task whose result JSON cannot hold, and says where", async () => {
    const [task] = tasks;
    await expect(run({ tasks: [{ ...task, name: "notFinite" }] })).rejects.toThrow("result.errors[1] is NaN");
  });
});
