/** What passes between the engine and its threads. */
import type { CallMemory } from "./call-memory.ts";
import type { Report } from "./define.ts";
import type { Order, Reply } from "./order.ts";

/** An order as a thread gets it. */
export interface ThreadOrder extends Order {
  /** Names the order in what the thread reports. */
  readonly id: number;
  readonly memory: CallMemory;
}

/** A report on its way. */
export interface ThreadReport {
  readonly id: number;
  readonly report: Report;
}

/** A reply, and how many reports were sent before it: they come another way, and may be later. */
export type ThreadReply = Reply & { readonly reports: number };
