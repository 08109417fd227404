import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requireResult, runTasks } from "../../src/engine/engine.ts";
import { openStore } from "../../src/engine/store.ts";
import type { Input, Task } from "../../src/engine/task.ts";

const module = new URL("./fixtures/tasks.mjs", import.meta.url).href;
const tasks: Task[] = [1, 2, 3].map((n) => ({ key: `square ${n}`, module, name: "square", parameters: { n } }));

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-store-"));
});

afterEach(() => rm(directory, { recursive: true }));

interface RunOptions {
  readonly version?: string;
  readonly fresh?: boolean;
  readonly tasks?: readonly Task[];
  readonly inputs?: readonly Input[];
}

async function run(options: RunOptions = {}) {
  const notes: string[] = [];
  const results = await openStore(directory, { fresh: options.fresh === true, onNote: (note) => notes.push(note) });
  const store = { results, codeHash: () => options.version ?? "1" };
  const stored: boolean[] = [];
  const values: unknown[] = [];
  for await (const outcome of runTasks(options.tasks ?? tasks, options.inputs ?? [], { workers: 0, store })) {
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

describe("a stored result of a task that reads a file", () => {
  const files = () => ["a", "b"].map((name) => join(directory, "data", name));
  const reading = (file: string): Task => ({
    key: `read ${file}`,
    module,
    name: "countBytes",
    parameters: { file },
    reads: [file],
  });

  beforeEach(async () => {
    await mkdir(join(directory, "data"));
    for (const file of files()) await writeFile(file, "same bytes");
  });

  it("is used where the same bytes lie under another path, and not where they changed", async () => {
    const [a, b] = files();
    expect((await run({ tasks: [reading(a)] })).stored).toEqual([false]);
    expect(await run({ tasks: [reading(b)] })).toMatchObject({ stored: [true], values: [{ bytes: 10 }] });
    await writeFile(a, "other bytes");
    expect(await run({ tasks: [reading(a)] })).toMatchObject({ stored: [false], values: [{ bytes: 11 }] });
    expect((await run({ tasks: [reading(a), reading(b)] })).stored).toEqual([true, true]);
  });

  it("is known by the files of its inputs, too", async () => {
    const [a, b] = files();
    const of = (file: string) => ({
      tasks: [{ key: "first", module, name: "firstByte", parameters: {}, inputs: { numbers: "bytes" } }],
      inputs: [{ key: "bytes", module, name: "readBytes", parameters: { file }, reads: [file] }],
    });
    expect((await run(of(a))).stored).toEqual([false]);
    expect(await run(of(b))).toMatchObject({ stored: [true], values: [{ first: 115 }] });
    await writeFile(b, "bytes");
    expect(await run(of(b))).toMatchObject({ stored: [false], values: [{ first: 98 }] });
  });

  it("that is not there is not stored", async () => {
    const missing = reading(join(directory, "data", "c"));
    await expect(run({ tasks: [missing] })).rejects.toThrow("ENOENT");
    expect((await readdir(directory)).filter((name) => name.endsWith(".json"))).toEqual([]);
  });
});
