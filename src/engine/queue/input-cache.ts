import { totalmem } from "node:os";
import { jsonHash } from "../../results/canonical-json.ts";
import { makeInput } from "../backend.ts";
import { collectGarbage } from "../collect-garbage.ts";
import { moduleOf } from "../module-names.ts";
import type { Executor } from "../order.ts";
import type { InputValue } from "../task.ts";
import type { JobInput } from "./queue-job.ts";

/** Inputs that a worker has made: tasks that come later, of this run or another, find them. */
export interface InputCache {
  /** The input, made where it is not there. Whoever acquires it releases it. Rejects where the maker failed. */
  acquire(input: JobInput): Promise<InputValue>;
  release(input: JobInput): void;
}

interface Entry {
  readonly value: Promise<InputValue>;
  bytes: number;
  users: number;
}

/** @param limit bytes beyond which inputs that no task uses are let go of, the longest unused first */
export function createInputCache(executor: Executor, limit = totalmem() / 4): InputCache {
  // In the order of use: the longest unused first.
  const entries = new Map<string, Entry>();

  function trim(): void {
    let bytes = [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0);
    let dropped = false;
    for (const [key, entry] of entries) {
      if (bytes <= limit) break;
      if (entry.users > 0) continue;
      entries.delete(key);
      bytes -= entry.bytes;
      dropped = true;
    }
    if (dropped) collectGarbage();
  }

  function make(input: JobInput, key: string): Entry {
    const made = async () => makeInput({ ...input, module: moduleOf(input.module) }, executor);
    const entry: Entry = { value: made(), bytes: 0, users: 0 };
    entry.value.then(
      (value) => {
        entry.bytes = bytesOf(value);
      },
      () => {
        if (entries.get(key) === entry) entries.delete(key);
      },
    );
    return entry;
  }

  return {
    acquire: (input) => {
      const key = identity(input);
      const entry = entries.get(key) ?? make(input, key);
      entries.delete(key);
      entries.set(key, entry);
      entry.users += 1;
      return entry.value;
    },
    release: (input) => {
      const entry = entries.get(identity(input));
      if (entry !== undefined) entry.users -= 1;
      trim();
    },
  };
}

function identity(input: JobInput): string {
  return jsonHash(input);
}

function bytesOf(value: InputValue): number {
  return Object.values(value).reduce<number>((sum, each) => sum + (ArrayBuffer.isView(each) ? each.byteLength : 0), 0);
}
