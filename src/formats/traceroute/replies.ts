/** Hops from replies: several may have come to one hop, some hops have none. */

/** The address that most replies came from, the earliest of equals; null where there is none. */
export function answering(addresses: readonly string[]): string | null {
  let best: string | null = null;
  let most = 0;
  const counts = new Map<string, number>();
  for (const address of addresses) counts.set(address, (counts.get(address) ?? 0) + 1);
  for (const [address, count] of counts) {
    if (count > most) {
      best = address;
      most = count;
    }
  }
  return best;
}

/** Whether a number can be a hop's: probes have a time to live of one byte. */
export function isHopNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 255;
}

/** Hops in their order, counted from 1; those that are absent are silent. */
export function inOrder(hops: ReadonlyMap<number, string | null>): (string | null)[] {
  const last = hops.size === 0 ? 0 : Math.max(...hops.keys());
  return Array.from({ length: last }, (_, index) => hops.get(index + 1) ?? null);
}

/** A value of an object's own; undefined if it is no object, or has it not. */
export function ownValue(record: unknown, key: string): unknown {
  return typeof record === "object" && record !== null && Object.hasOwn(record, key)
    ? Reflect.get(record, key)
    : undefined;
}

/** A text of an object's own that is not empty. */
export function ownText(record: unknown, key: string): string | undefined {
  const value = ownValue(record, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number of an object's own, NaN where there is none. */
export function ownNumber(record: unknown, key: string): number {
  const value = ownValue(record, key);
  return typeof value === "number" ? value : Number.NaN;
}
