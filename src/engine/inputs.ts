import { canonicalJson } from "../results/canonical-json.ts";
import { collectGarbage } from "./collect-garbage.ts";
import type { Input, InputValue, Task } from "./task.ts";

/** The inputs of a round of tasks: each made once where it is first needed. */
export interface RoundInputs {
  /** Making it is under way. */
  isBeingMade(key: string): boolean;
  /** Rejects where the maker failed. */
  acquire(key: string): Promise<InputValue>;
  /** One task that names it is done. */
  release(key: string): void;
}

/** Inputs that were made. */
export interface InputPool {
  /**
   * Lets go of what this round does not list. @param tasks those that will run: each acquires and releases every input
   * that it names.
   */
  round(tasks: readonly Task[], inputs: readonly Input[]): RoundInputs;
}

interface Kept {
  readonly value: Promise<InputValue>;
  isMade: boolean;
}

/** @param keeps whether an input stays for the next round; else it is let go of after the last task that names it. */
export function createInputPool(make: (input: Input) => Promise<InputValue>, keeps: boolean): InputPool {
  const kept = new Map<string, Kept>();

  function start(input: Input): Kept {
    const entry: Kept = { value: make(input), isMade: false };
    kept.set(identityOf(input), entry);
    const settle = () => {
      entry.isMade = true;
    };
    entry.value.then(settle, settle);
    return entry;
  }

  function drop(identities: readonly string[]): void {
    let dropped = false;
    for (const each of identities) dropped = kept.delete(each) || dropped;
    if (dropped) collectGarbage();
  }

  return {
    round: (tasks, inputs) => {
      const makers = new Map(inputs.map((input) => [input.key, input]));
      const identities = new Map(inputs.map((input) => [input.key, identityOf(input)]));
      const listed = new Set(identities.values());
      drop([...kept.keys()].filter((each) => !listed.has(each)));
      const users = countUsers(tasks);
      const known = (key: string) => kept.get(identities.get(key) ?? "");
      return {
        isBeingMade: (key) => known(key)?.isMade === false,
        acquire: async (key) => {
          const maker = makers.get(key);
          if (maker === undefined) throw new RangeError(`no input ${key}`);
          return (known(key) ?? start(maker)).value;
        },
        release: (key) => {
          const left = (users.get(key) ?? 0) - 1;
          users.set(key, left);
          if (left <= 0 && !keeps) drop([identities.get(key) ?? ""]);
        },
      };
    },
  };
}

function identityOf({ key, module, name, parameters }: Input): string {
  return canonicalJson({ key, module, name, parameters });
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
