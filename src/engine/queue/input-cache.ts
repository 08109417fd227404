import { totalmem } from "node:os";
import { makeInput } from "../backend.ts";
import { collectGarbage } from "../collect-garbage.ts";
import { moduleOf } from "../module-names.ts";
import type { Executor } from "../order.ts";
import type { InputValue } from "../task.ts";
import type { JobInput } from "./queue-job.ts";

/** Inputs that a worker has made: tasks that come later, of this run or another, find them. */
export interface InputCache {
  /** The input, made where it is not there. Whoever acquires it releases it. Rejects where the maker failed. */
  acquire(hash: string): Promise<InputValue>;
  release(hash: string): void;
}

interface Entry {
  readonly value: Promise<InputValue>;
  bytes: number;
  users: number;
}

/** @param describe how an input is made @param limit bytes beyond which inputs that no task uses are let go of, the longest unused first */
export function createInputCache(
  executor: Executor,
  describe: (hash: string) => Promise<JobInput>,
  limit = totalmem() / 4,
): InputCache {
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

  function make(hash: string): Entry {
    const made = async () => {
      const input = await describe(hash);
      return makeInput({ ...input, module: moduleOf(input.module) }, executor);
    };
    const entry: Entry = { value: made(), bytes: 0, users: 0 };
    entry.value.then(
      (value) => {
        entry.bytes = bytesOf(value);
      },
      () => {
        if (entries.get(hash) === entry) entries.delete(hash);
      },
    );
    return entry;
  }

  return {
    acquire: (hash) => {
      const entry = entries.get(hash) ?? make(hash);
      entries.delete(hash);
      entries.set(hash, entry);
      entry.users += 1;
      return entry.value;
    },
    release: (hash) => {
      const entry = entries.get(hash);
      if (entry !== undefined) entry.users -= 1;
      trim();
    },
  };
}

function bytesOf(value: InputValue): number {
  return Object.values(value).reduce<number>((sum, each) => sum + (ArrayBuffer.isView(each) ? each.byteLength : 0), 0);
}
