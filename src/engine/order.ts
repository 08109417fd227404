import type { Report } from "./define.ts";
import type { WireError } from "./errors.ts";
import type { Call, Inputs } from "./task.ts";

/** What a worker is asked: run a trial, or make an input. */
export interface Order extends Call {
  readonly kind: "trial" | "input";
  readonly inputs: Inputs;
}

export type Reply =
  | { readonly ok: true; readonly value: unknown; readonly seconds: number }
  | {
      readonly ok: false;
      readonly error: WireError;
      /** WebAssembly trapped: what the thread holds in memory is not to be trusted any more. */
      readonly trapped: boolean;
    };

/** Something that answers orders, up to `width` at a time. */
export interface Executor {
  readonly width: number;
  /** Rejects where the worker died, twice, or was stopped. */
  run(order: Order, hooks?: OrderHooks): Promise<Reply>;
  /** Tells what is running to stop, and breaks off what runs on. */
  stop(): Promise<void>;
}

export interface OrderHooks {
  /** Stops this order. */
  readonly signal?: AbortSignal | undefined;
  readonly onReport?: ((report: Report) => void) | undefined;
}

/** What is told to stop has so long to hand over what it has. */
export const PATIENCE_MS = 250;
