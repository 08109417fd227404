import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/**
 * Collects garbage now. Shared memory is freed when no thread refers to it any more, but a thread's collector does not
 * see the size of what its references hold, and would let gigabytes of inputs pile up.
 */
export function collectGarbage(): void {
  collect ??= exposedCollector();
  collect();
}

/** V8 hands its collector out only to contexts that are made under this flag. */
function exposedCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const collector: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  return isFunction(collector) ? collector : () => {};
}

function isFunction(value: unknown): value is () => void {
  return typeof value === "function";
}
