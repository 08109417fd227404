import { isObject } from "../results/json.ts";
import type { ThreadReply } from "./thread-messages.ts";

/** Copying less than this is cheaper than moving it. */
const WORTH_MOVING = 1 << 16;

/**
 * What a Piscina thread answers with: a reply whose large typed arrays, where they are the result or its properties,
 * cross to the engine's thread by transfer, not by copy.
 */
export async function handOver(reply: ThreadReply): Promise<unknown> {
  if (!reply.ok) return reply;
  const buffers: ArrayBuffer[] = [];
  const value = detachLarge(reply.value, buffers);
  if (buffers.length === 0) return reply;
  const piscina = await import("piscina");
  return piscina.move({ [piscina.transferableSymbol]: buffers, [piscina.valueSymbol]: { ...reply, value } });
}

function detachLarge(value: unknown, buffers: ArrayBuffer[]): unknown {
  if (ArrayBuffer.isView(value)) return detach(value, buffers);
  if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, ArrayBuffer.isView(each) ? detach(each, buffers) : each]),
  );
}

/** A view that is all of its buffer takes the buffer along; others, and those of a kernel's memory, are left to be copied. */
function detach(view: ArrayBufferView, buffers: ArrayBuffer[]): ArrayBufferView {
  const { buffer } = view;
  if (!(buffer instanceof ArrayBuffer) || view.byteLength < WORTH_MOVING) return view;
  if (view.byteLength !== buffer.byteLength || buffers.includes(buffer)) return view;
  try {
    const moved = structuredClone(view, { transfer: [buffer] });
    if (moved.buffer instanceof ArrayBuffer) buffers.push(moved.buffer);
    return moved;
  } catch {
    return view; // a WebAssembly memory cannot be transferred
  }
}
