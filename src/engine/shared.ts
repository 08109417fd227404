import { isJson } from "../results/canonical-json.ts";
import type { InputValue, SharedArray } from "./task.ts";

/** The same value with its typed arrays on shared memory, so that every thread reads the one copy. */
export function toShared(value: InputValue): InputValue {
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, ArrayBuffer.isView(each) ? share(each) : each]),
  );
}

function share(array: SharedArray): SharedArray {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const bytes = new Uint8Array(new SharedArrayBuffer(array.byteLength));
  bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return viewLike(array, bytes.buffer);
}

function viewLike(array: SharedArray, buffer: SharedArrayBuffer): SharedArray {
  if (array instanceof Int8Array) return new Int8Array(buffer);
  if (array instanceof Uint8ClampedArray) return new Uint8ClampedArray(buffer);
  if (array instanceof Uint8Array) return new Uint8Array(buffer);
  if (array instanceof Int16Array) return new Int16Array(buffer);
  if (array instanceof Uint16Array) return new Uint16Array(buffer);
  if (array instanceof Int32Array) return new Int32Array(buffer);
  if (array instanceof Uint32Array) return new Uint32Array(buffer);
  if (array instanceof Float32Array) return new Float32Array(buffer);
  if (array instanceof Float64Array) return new Float64Array(buffer);
  if (array instanceof BigInt64Array) return new BigInt64Array(buffer);
  return new BigUint64Array(buffer);
}

export function isInputValue(value: unknown): value is InputValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((each) => isTypedArray(each) || isJson(each));
}

function isTypedArray(value: unknown): value is SharedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
