import type { Order } from "./order.ts";

/** What earlier orders' inputs may come to before they are let go of; a collection takes milliseconds, an order may, too. */
export const MOST_HELD_BYTES = 1 << 26;

/**
 * Counts what the inputs of a thread's orders hold, as the collector does not. `next` is called before each order; it
 * collects when what came before may hold more than MOST_HELD_BYTES, or has made an input, whose size is not known.
 */
export function createHeldInputs(collect: () => void): { next(order: Pick<Order, "kind" | "inputs">): void } {
  let bytes = 0;
  return {
    next: ({ kind, inputs }) => {
      if (bytes > MOST_HELD_BYTES) {
        collect();
        bytes = 0;
      }
      bytes += kind === "input" ? Number.POSITIVE_INFINITY : bytesOf(inputs);
    },
  };
}

function bytesOf(inputs: Order["inputs"]): number {
  let bytes = 0;
  for (const input of Object.values(inputs)) {
    for (const value of Object.values(input)) bytes += ArrayBuffer.isView(value) ? value.byteLength : 0;
  }
  return bytes;
}
