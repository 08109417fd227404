import { describe, expect, it } from "vitest";
import { createHeldInputs, MOST_HELD_BYTES } from "../../src/engine/held-inputs.ts";

function collectionsOf(orders: readonly { kind: "trial" | "input"; bytes: number }[]): number {
  let collections = 0;
  const held = createHeldInputs(() => collections++);
  for (const { kind, bytes } of orders)
    held.next({ kind, inputs: { data: { array: new Uint8Array(bytes), note: "a" } } });
  return collections;
}

describe("the inputs that a thread holds", () => {
  it("are not collected after every small order", () => {
    expect(collectionsOf(Array.from({ length: 500 }, () => ({ kind: "trial", bytes: 10_000 })))).toBe(0);
  });

  it("are collected before they pile up", () => {
    const orders = Array.from({ length: 10 }, () => ({ kind: "trial" as const, bytes: MOST_HELD_BYTES / 2 }));
    expect(collectionsOf(orders)).toBe(3);
  });

  it("are collected before the order after one that made an input", () => {
    const trial = { kind: "trial" as const, bytes: 1 };
    expect(collectionsOf([{ kind: "input", bytes: 0 }, trial, trial])).toBe(1);
  });
});
