// The trials on a real stream.
import { z } from "zod";
import { defineInput, defineTrial } from "../../engine/define.ts";
import { openFile } from "../../files/open-file.ts";
import { IDENTITY_BYTES } from "../../formats/contacts/contact-batch.ts";
import { openContacts } from "../../formats/contacts/open-contacts.ts";
import { ExactSpread } from "../../spread/exact.ts";
import { SpreadSketch } from "../../spread/spread-sketch.ts";
import { ErrorRows, rowErrorsSchema } from "./rows.ts";
import { emptySketch, sketchSchema } from "./sketch.ts";

const BATCH = 4096;

/**
 * A file's contacts, counted exactly: { source, destination } identities of 40 bytes and { sourceKinds, destinationKinds } of
 * every record; { identities, kinds, spreads } of every source; { contacts }, the number of distinct ones.
 */
export const stream = defineInput(import.meta.url, "stream", {
  parameters: z.strictObject({ file: z.string() }),
  reads: ({ file }) => [file],
  make: ({ file }) => readStream(file),
});

async function readStream(file: string) {
  const { batches } = await openContacts(openFile(file), { name: file });
  const parts: ContactParts = { source: [], destination: [], sourceKinds: [], destinationKinds: [] };
  const keys = SpreadSketch.create({ estimator: "cse", memoryBits: 64, virtualBits: 2 }, 0);
  const exact = new ExactSpread();
  const firstRecord = new Map<bigint, number>();
  let records = 0;
  for await (const batch of batches) {
    const n = batch.length;
    parts.source.push(batch.source.slice(0, n * IDENTITY_BYTES));
    parts.destination.push(batch.destination.slice(0, n * IDENTITY_BYTES));
    parts.sourceKinds.push(batch.sourceKind.slice(0, n));
    parts.destinationKinds.push(batch.destinationKind.slice(0, n));
    const sourceKeys = keys.keysOf({ bytes: batch.source, kinds: batch.sourceKind, ports: undefined }, n);
    const destinationKeys = keys.keysOf(
      { bytes: batch.destination, kinds: batch.destinationKind, ports: undefined },
      n,
    );
    exact.add(sourceKeys, destinationKeys, n);
    for (let i = 0; i < n; i++) if (!firstRecord.has(sourceKeys[i])) firstRecord.set(sourceKeys[i], records + i);
    records += n;
  }
  const [source, sourceKinds] = [joined(parts.source), joined(parts.sourceKinds)];
  const found = [...firstRecord];
  return {
    source,
    sourceKinds,
    destination: joined(parts.destination),
    destinationKinds: joined(parts.destinationKinds),
    identities: joined(found.map(([, at]) => source.subarray(at * IDENTITY_BYTES, (at + 1) * IDENTITY_BYTES))),
    kinds: Uint8Array.from(found, ([, at]) => sourceKinds[at]),
    spreads: Uint32Array.from(found, ([key]) => exact.count(key)),
    contacts: exact.distinctContacts,
  };
}

interface ContactParts {
  readonly source: Uint8Array[];
  readonly destination: Uint8Array[];
  readonly sourceKinds: Uint8Array[];
  readonly destinationKinds: Uint8Array[];
}

/** Stores the stream in a sketch of the paper's load and adds up the errors of every source by row. */
export const errorsOnStream = defineTrial(import.meta.url, "errors", {
  parameters: z.strictObject({
    configuration: z.string(),
    sketch: sketchSchema,
    /** Contacts a bit of memory: 1.05 in the paper. */
    load: z.number().positive(),
    seed: z.string(),
    trial: z.int().nonnegative(),
  }),
  inputs: { stream },
  result: z.object({
    sources: z.int(),
    contacts: z.int(),
    memoryBits: z.int(),
    rows: z.array(rowErrorsSchema),
  }),
  run: ({ sketch: settings, load, seed }, { stream: records }) => {
    const { spreads, contacts } = records;
    const memoryBits = Math.round(contacts / load);
    const sketch = emptySketch(settings, memoryBits, seed);
    const part = (bytes: Uint8Array, kinds: Uint8Array, first: number, n: number) => ({
      bytes: bytes.subarray(first * IDENTITY_BYTES, (first + n) * IDENTITY_BYTES),
      kinds: kinds.subarray(first, first + n),
      ports: undefined,
    });
    for (let first = 0; first < records.sourceKinds.length; first += BATCH) {
      const n = Math.min(BATCH, records.sourceKinds.length - first);
      const source = part(records.source, records.sourceKinds, first, n);
      sketch.add(source, part(records.destination, records.destinationKinds, first, n), n);
    }
    const keys = sketch.keysOf(part(records.identities, records.kinds, 0, spreads.length), spreads.length);
    const { estimate, saturated } = sketch.estimate(keys);
    const errors = new ErrorRows();
    spreads.forEach((spread, i) => {
      errors.add(spread, estimate[i], saturated[i] === 1);
    });
    return { sources: spreads.length, contacts, memoryBits, rows: errors.rows() };
  },
});

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
