import { createHash } from "node:crypto";
import { isJsonList, type Json } from "./json.ts";

/** JSON with sorted names and no blanks: equal values give equal text. Numbers must be finite. */
export function canonicalJson(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`${value} has no JSON form`);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isJsonList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(",")}}`;
}

/** The SHA-256 of the canonical JSON, in hexadecimal. */
export function jsonHash(value: Json): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** Where a value stops being plain JSON of finite numbers ("result.errors[3] is NaN"); undefined: it is all plain. */
export function jsonObstacle(value: unknown, path: string): string | undefined {
  if (value === null || typeof value === "boolean" || typeof value === "string") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (Array.isArray(value)) return firstObstacle(value.entries(), (index) => `${path}[${index}]`);
  if (typeof value !== "object") return `${path} is ${typeof value}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!plain) return `${path} is a ${value.constructor.name}`;
  return firstObstacle(Object.entries(value), (name) => `${path}.${name}`);
}

export function isJson(value: unknown): value is Json {
  return jsonObstacle(value, "value") === undefined;
}

function firstObstacle<Key>(entries: Iterable<[Key, unknown]>, path: (key: Key) => string): string | undefined {
  for (const [key, each] of entries) {
    const obstacle = jsonObstacle(each, path(key));
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}
