/** Contacts made here, the captures that hold them, and what they count to, slowly. */
import { ethernet, ipv4, ipv6, join, pcap, udp } from "../../formats/contacts/capture-writer.ts";

export interface SampleContact {
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  /** Seconds. */
  readonly time: number;
}

/** Sources of both families with spreads from 1 to 400, some to several ports, repeats included; in order of time. */
export function sampleContacts(): SampleContact[] {
  const spreads = [1, 1, 2, 3, 5, 9, 17, 40, 90, 180, 400];
  const contacts = spreads.flatMap((spread, i) =>
    Array.from({ length: spread * 2 }, (_, j): Omit<SampleContact, "time"> => {
      const d = j % spread;
      const port = [53, 80, 443][(i + j) % 3];
      return i % 3 === 2
        ? { source: `2001:db8:${i}::${i + 1}`, destination: `2001:db8:ffff::${(d + 1).toString(16)}`, port }
        : { source: `10.0.${i}.1`, destination: `192.0.${d >> 8}.${d & 255}`, port };
    }),
  );
  return shuffled(contacts).map((each, i) => ({ ...each, time: 1_700_000_000 + i * 0.7 }));
}

/** The same order on every run. */
function shuffled<T>(items: readonly T[]): T[] {
  const keyed = items.map((item, i) => ({ item, key: Math.imul(i + 1, 0x9e3779b1) >>> 0 }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** A pcap file of UDP packets, one a contact. */
export function captureOf(contacts: readonly SampleContact[]): Uint8Array {
  const records = contacts.map(({ source, destination, port, time }) => {
    const packet = source.includes(":")
      ? ethernet(0x86dd, ipv6(source, destination, udp(port)))
      : ethernet(0x0800, ipv4(source, destination, udp(port)));
    const header = new DataView(new ArrayBuffer(16));
    header.setUint32(0, Math.floor(time), true);
    header.setUint32(4, Math.round((time % 1) * 1e6), true);
    header.setUint32(8, packet.length, true);
    header.setUint32(12, packet.length, true);
    return join(new Uint8Array(header.buffer), packet);
  });
  return join(pcap([]), ...records);
}

/** Distinct counterparts per spreader, by definition. */
export function trueSpreads<C>(
  contacts: readonly C[],
  spreaderOf: (contact: C) => string,
  countedOf: (contact: C) => string,
): Map<string, number> {
  const sets = new Map<string, Set<string>>();
  for (const contact of contacts) {
    const spreader = spreaderOf(contact);
    const set = sets.get(spreader) ?? new Set();
    sets.set(spreader, set.add(countedOf(contact)));
  }
  return new Map([...sets].map(([spreader, set]) => [spreader, set.size]));
}
