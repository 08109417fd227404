import { collectGarbage } from "./collect-garbage.ts";
import type { Input, InputValue, Task } from "./task.ts";

/** The inputs of a run: each made once where it is first needed, and let go after the last task that names it. */
export interface InputPool {
  /** Making it is under way. */
  isBeingMade(key: string): boolean;
  /** Rejects where the maker failed. */
  acquire(key: string): Promise<InputValue>;
  /** One task that names it is done. */
  release(key: string): void;
}

/** @param tasks those that will run: each acquires and releases every input that it names. */
export function createInputPool(
  tasks: readonly Task[],
  inputs: readonly Input[],
  make: (input: Input) => Promise<InputValue>,
): InputPool {
  const makers = new Map(inputs.map((input) => [input.key, input]));
  const users = countUsers(tasks);
  const values = new Map<string, Promise<InputValue>>();
  const beingMade = new Set<string>();

  function start(key: string): Promise<InputValue> {
    const maker = makers.get(key);
    if (maker === undefined) throw new RangeError(`no input ${key}`);
    beingMade.add(key);
    const value = make(maker).finally(() => beingMade.delete(key));
    values.set(key, value);
    return value;
  }

  return {
    isBeingMade: (key) => beingMade.has(key),
    acquire: async (key) => values.get(key) ?? start(key),
    release: (key) => {
      const left = (users.get(key) ?? 0) - 1;
      users.set(key, left);
      if (left > 0) return;
      values.delete(key);
      collectGarbage();
    },
  };
}

function countUsers(tasks: readonly Task[]): Map<string, number> {
  const users = new Map<string, number>();
  for (const task of tasks) {
    for (const key of inputKeys(task)) users.set(key, (users.get(key) ?? 0) + 1);
  }
  return users;
}

export function inputKeys(task: Task): readonly string[] {
  return Object.values(task.inputs ?? {});
}

/**
 * The tasks with those that share their first input brought together, where the first of them stood: so few inputs
 * are held at once.
 */
export function groupByInput(tasks: readonly Task[]): Task[] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const group = inputKeys(task)[0] ?? `task ${task.key}`;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [task]);
    else members.push(task);
  }
  return [...groups.values()].flat();
}
