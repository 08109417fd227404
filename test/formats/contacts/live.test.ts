import { describe, expect, it } from "vitest";
import { openContacts } from "../../../src/formats/contacts/open-contacts.ts";
import { ethernet, ipv4, join, PcapngWriter, pcap } from "./capture-writer.ts";

const writer = new PcapngWriter();
const packet = ethernet(0x0800, ipv4("10.0.0.1", "10.0.0.2"));

/** One chunk, then silence. */
async function* quietAfter(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  await new Promise(() => {});
}

describe("a live capture that falls silent", () => {
  it.each([
    ["pcap", pcap([packet])],
    ["pcapng", join(writer.section(), writer.interface(1), writer.enhanced(0, 0, packet))],
  ])("has handed over what came: %s", async (_format, bytes) => {
    const { batches } = await openContacts(quietAfter(bytes), { name: "-" });
    const { value } = await batches[Symbol.asyncIterator]().next();
    expect(value?.length).toBe(1);
  });
});
