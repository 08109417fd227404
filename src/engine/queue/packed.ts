import { deflateRawSync, inflateRawSync } from "node:zlib";
import { isObject } from "../../results/json.ts";

/** Shorter arrays are not worth compressing. */
const WORTH_DEFLATING = 4096;

/**
 * A value as bytes that any machine reads back to the same bits: plain JSON, undefined, every number, bigints, typed
 * arrays. Layout: length of the JSON (u32, little-endian), the JSON, then the arrays' bytes one after the other. What
 * JSON cannot say stands as an object with one name that begins with $; such names of the value's own get another $.
 * @throws TypeError where the value holds something else.
 */
export function pack(value: unknown): Buffer {
  const arrays: Uint8Array[] = [];
  const json = Buffer.from(JSON.stringify(encode(value, arrays)));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(json.length);
  return Buffer.concat([head, json, ...arrays]);
}

/** @throws Error where the bytes are no packed value. */
export function unpack(bytes: Buffer): unknown {
  const length = bytes.readUInt32LE(0);
  const arrays = { bytes, at: 4 + length };
  const value: unknown = JSON.parse(bytes.toString("utf8", 4, 4 + length));
  return decode(value, arrays);
}

function encode(value: unknown, arrays: Uint8Array[]): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (value === undefined) return { $undefined: 0 };
  if (typeof value === "bigint") return { $bigint: String(value) };
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $number: Object.is(value, -0) ? "-0" : `${value}` };
  }
  if (ArrayBuffer.isView(value)) return { $array: encodeArray(value, arrays) };
  if (Array.isArray(value)) return value.map((each) => encode(each, arrays));
  if (!isPlain(value)) throw new TypeError(`a result that holds ${describe(value)} cannot travel over the queue`);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [escaped(name), encode(each, arrays)]));
}

function decode(value: unknown, arrays: { readonly bytes: Buffer; at: number }): unknown {
  if (Array.isArray(value)) return value.map((each) => decode(each, arrays));
  if (!isObject(value)) return value;
  if ("$undefined" in value) return undefined;
  if (typeof value.$bigint === "string") return BigInt(value.$bigint);
  if (typeof value.$number === "string") return Number(value.$number);
  if (Array.isArray(value.$array)) return decodeArray(value.$array, arrays);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name.startsWith("$") ? name.slice(1) : name, decode(each, arrays)]),
  );
}

function escaped(name: string): string {
  return name.startsWith("$") ? `$${name}` : name;
}

/** Kind, bytes as packed, whether these are deflated. */
function encodeArray(view: ArrayBufferView, arrays: Uint8Array[]): [string, number, boolean] {
  const kind = KINDS.find(([, type]) => view instanceof type);
  if (kind === undefined) throw new TypeError(`a result that holds ${describe(view)} cannot travel over the queue`);
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const deflated = bytes.length < WORTH_DEFLATING ? bytes : deflateRawSync(bytes, { level: 1 });
  const packed = deflated.length < bytes.length ? deflated : bytes;
  arrays.push(packed);
  return [kind[0], packed.length, packed !== bytes];
}

function decodeArray([kind, length, deflated]: unknown[], arrays: { readonly bytes: Buffer; at: number }): unknown {
  const type = KINDS.find(([name]) => name === kind)?.[1];
  if (type === undefined || typeof length !== "number") throw new Error(`no packed value: an array of ${kind}`);
  const packed = arrays.bytes.subarray(arrays.at, arrays.at + length);
  arrays.at += length;
  const bytes = deflated === true ? inflateRawSync(packed) : packed;
  return new type(new Uint8Array(bytes).buffer);
}

/** Uint8Array stands for Buffer, too. */
const KINDS = [
  ["i8", Int8Array],
  ["u8c", Uint8ClampedArray],
  ["u8", Uint8Array],
  ["i16", Int16Array],
  ["u16", Uint16Array],
  ["i32", Int32Array],
  ["u32", Uint32Array],
  ["f32", Float32Array],
  ["f64", Float64Array],
  ["i64", BigInt64Array],
  ["u64", BigUint64Array],
] as const;

function isPlain(value: unknown): value is { readonly [name: string]: unknown } {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  return isObject(value) ? `a ${value.constructor.name}` : `a ${typeof value}`;
}
