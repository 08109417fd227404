import { z } from "zod";
import { InputError } from "../../files/input-error.ts";
import { openFile } from "../../files/open-file.ts";
import { parseCidr } from "../../formats/contacts/address.ts";
import type { ContactBatch, ContactReader } from "../../formats/contacts/contact-batch.ts";
import { openContacts } from "../../formats/contacts/open-contacts.ts";
import { dropIgnored, type Parties, partiesOf, sliceParties } from "./parties.ts";
import type { CountingRule } from "./rule.ts";
import { NoTimeError, windowAt } from "./windows.ts";

/** What one file gave besides its windows. */
export const fileTallySchema = z.strictObject({
  file: z.string(),
  format: z.string(),
  packets: z.number(),
  /** With an address pair. */
  contacts: z.number(),
  /** By --ignore. */
  ignored: z.number(),
  /** Whose window had closed. */
  late: z.number(),
  warnings: z.array(z.string()),
});
export type FileTally = z.infer<typeof fileTallySchema>;

export interface ReadHooks {
  /** Bytes read so far, compressed where the file is. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Ends the reading as if the file ended there. */
  readonly signal?: AbortSignal | undefined;
}

/** Contacts of one file that follow each other in one window. */
export interface Run {
  /** The window's number, see windows.ts. */
  readonly index: number;
  /** Views of the reader's batch: good until the next run is asked for. */
  readonly parties: Parties;
  readonly length: number;
}

/** A file as a stream of runs, with what else is to be told of it once they have ended. */
export interface FileReading {
  readonly runs: AsyncGenerator<Run>;
  tally(late: number): FileTally;
}

/** Opens one file (or "-") when the first run is asked for. The runs end in an InputError where the file is bad. */
export function readRuns(file: string, rule: CountingRule, hooks: ReadHooks): FileReading {
  const ignored = rule.ignore.flatMap((block) => parseCidr(block) ?? []);
  const seconds = rule.windowSeconds ?? undefined;
  let reader: ContactReader | undefined;
  let dropped = 0;

  async function* runs(): AsyncGenerator<Run> {
    try {
      reader = await openContacts(watched(openFile(file), file, hooks), { name: file, ...rule.reader });
      for await (const batch of reader.batches) {
        dropped += dropIgnored(batch, rule.party.of, ignored);
        yield* runsOf(batch, partiesOf(batch, rule.party), seconds);
      }
    } catch (error) {
      // A stream that was interrupted is cut anywhere, even before its first byte.
      if (error instanceof InputError && hooks.signal?.aborted) return;
      throw error instanceof NoTimeError ? new InputError(file, undefined, error.message) : error;
    }
  }

  return { runs: runs(), tally: (late) => tallyOf(file, reader, dropped, late) };
}

function* runsOf({ length, time }: ContactBatch, parties: Parties, seconds: number | undefined): Generator<Run> {
  let from = 0;
  while (from < length) {
    const index = windowAt(time[from], seconds);
    let to = seconds === undefined ? length : from + 1;
    while (to < length && windowAt(time[to], seconds) === index) to++;
    yield { index, parties: sliceParties(parties, from, to), length: to - from };
    from = to;
  }
}

function tallyOf(file: string, reader: ContactReader | undefined, ignored: number, late: number): FileTally {
  const { format, packets, contacts, warnings } = reader?.tally ?? NOTHING_READ;
  return { file, format, packets, contacts, ignored, late, warnings: [...warnings] };
}

const NOTHING_READ = { format: "", packets: 0, contacts: 0, warnings: [] };

/** The stream with its bytes counted, ending early when the signal fires, also while it waits. */
async function* watched(
  input: AsyncGenerator<Uint8Array>,
  file: string,
  { onBytes, signal }: ReadHooks,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let cancel = () => {};
  const stop = () => cancel();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      // Not a race against one promise of the signal's: that would keep every chunk for as long as it is pending.
      const next = await new Promise<IteratorResult<Uint8Array> | undefined>((resolve, reject) => {
        cancel = () => resolve(undefined);
        if (signal?.aborted) cancel();
        input.next().then(resolve, reject);
      });
      if (next === undefined || next.done) return;
      bytes += next.value.length;
      onBytes?.(bytes);
      yield next.value;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    const closing = input.return(undefined);
    // A read that is still waiting would hold the closing up, and with it the end of the command.
    if (!signal?.aborted) await closing;
    else closing.catch(() => {});
    if (signal?.aborted && file === "-") process.stdin.destroy();
  }
}
