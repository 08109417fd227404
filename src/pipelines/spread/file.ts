import { parseCidr } from "../../formats/address.ts";
import type { ContactReader } from "../../formats/contacts.ts";
import { InputError } from "../../formats/input-error.ts";
import { openContacts } from "../../formats/open-contacts.ts";
import { openFile } from "../../formats/open-file.ts";
import { SpreadSketch } from "../../spread/spread-sketch.ts";
import { dropIgnored, partiesOf } from "./parties.ts";
import type { CountingRule } from "./rule.ts";
import { NoTimeError, type OpenWindow, sortIntoWindows, type Window } from "./windows.ts";

/** What one file gave besides its windows. */
export interface FileTally {
  readonly file: string;
  readonly format: string;
  readonly packets: number;
  readonly contacts: number;
  readonly ignored: number;
  readonly late: number;
  readonly warnings: readonly string[];
}

export interface FileHooks {
  /** Default: empty sketches, no exact counts. */
  readonly open?: OpenWindow;
  readonly onClose: (window: Window) => void;
  /** Bytes read so far, compressed where the file is. */
  readonly onBytes?: (bytes: number) => void;
  /** Ends the reading as if the file ended there. */
  readonly signal?: AbortSignal;
}

/** The sketch that a rule asks for. @throws RangeError that names the option out of range. */
export function emptySketch({ sketch, candidates }: CountingRule): SpreadSketch {
  const { segments, sampling, seed, ...rest } = sketch;
  const options = {
    ...rest,
    seed: BigInt(seed),
    ...(segments !== undefined && { segments }),
    ...(sampling !== undefined && { sampling }),
  };
  return SpreadSketch.create(options, candidates);
}

/** A window without contacts or exact counts. */
function emptyWindow(rule: CountingRule, start: number | undefined): Window {
  return { start, sketch: emptySketch(rule), exacts: [], contacts: 0 };
}

/** Streams one file (or "-") into windows, in memory that does not grow with it. @throws InputError */
export async function countFile(file: string, rule: CountingRule, hooks: FileHooks): Promise<FileTally> {
  const ignored = rule.ignore.flatMap((block) => parseCidr(block) ?? []);
  const reader = await openContacts(watched(openFile(file), hooks), { name: file, ...readerOptions(rule) });
  const sorter = sortIntoWindows(
    rule.windowSeconds ?? undefined,
    hooks.open ?? ((start) => emptyWindow(rule, start)),
    hooks.onClose,
  );
  let dropped = 0;
  for await (const batch of reader.batches) {
    dropped += dropIgnored(batch, rule.party.of, ignored);
    try {
      sorter.add(partiesOf(batch, rule.party), batch.time, batch.length);
    } catch (error) {
      if (error instanceof NoTimeError) throw new InputError(file, undefined, `${error.message}: give --time-column`);
      throw error;
    }
  }
  sorter.end();
  return tallyOf(file, reader, dropped, sorter.late);
}

/** Without the keys that are undefined: zod's optional allows them, the readers do not. */
function readerOptions({ reader }: CountingRule) {
  const { format, sourceColumn, destinationColumn, portColumn, timeColumn, delimiter } = reader;
  return {
    ...(format !== undefined && { format }),
    ...(sourceColumn !== undefined && { sourceColumn }),
    ...(destinationColumn !== undefined && { destinationColumn }),
    ...(portColumn !== undefined && { portColumn }),
    ...(timeColumn !== undefined && { timeColumn }),
    ...(delimiter !== undefined && { delimiter }),
  };
}

function tallyOf(file: string, { tally }: ContactReader, ignored: number, late: number): FileTally {
  const { format, packets, contacts, warnings } = tally;
  return { file, format, packets, contacts, ignored, late, warnings: [...warnings] };
}

/** The stream with its bytes counted, ending early when the signal fires, also while it waits. */
async function* watched(input: AsyncGenerator<Uint8Array>, { onBytes, signal }: FileHooks): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let stop = () => {};
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    if (signal?.aborted) resolve(undefined);
    signal?.addEventListener("abort", stop, { once: true });
  });
  try {
    for (;;) {
      const next = await Promise.race([input.next(), aborted]);
      if (next === undefined || next.done) return;
      bytes += next.value.length;
      onBytes?.(bytes);
      yield next.value;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    // A read that is still waiting would hold return() up, and with it the end of the command.
    if (!signal?.aborted) await input.return(undefined);
  }
}
