import { InputError, type Place } from "../files/input-error.ts";
import type { JsonObject } from "../results/json.ts";

/** A task that failed: which, with what parameters, and why. */
export class TaskError extends Error {
  override readonly name = "TaskError";
  readonly key: string;
  readonly parameters: JsonObject;

  constructor(key: string, parameters: JsonObject, cause: Error) {
    super(`task ${key} failed: ${cause.message}`, { cause });
    this.key = key;
    this.parameters = parameters;
  }
}

/** An error as plain data, to cross from a worker to the engine. */
export type WireError =
  | { readonly kind: "input"; readonly file: string; readonly place: Place | undefined; readonly what: string }
  | { readonly kind: "other"; readonly name: string; readonly message: string; readonly stack: string | undefined };

export function toWire(error: unknown): WireError {
  if (error instanceof InputError) {
    const { file, place, message } = error;
    const prefix = new InputError(file, place, "").message;
    return { kind: "input", file, place, what: message.slice(prefix.length) };
  }
  if (error instanceof Error) {
    return { kind: "other", name: error.name, message: error.message, stack: error.stack };
  }
  return { kind: "other", name: "Error", message: String(error), stack: undefined };
}

export function fromWire(wire: WireError): Error {
  if (wire.kind === "input") return new InputError(wire.file, wire.place, wire.what);
  const error = new Error(wire.message);
  error.name = wire.name;
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}
