/** What of counting files runs on workers. */
import { z } from "zod";
import { defineMerge, defineTrial } from "../../engine/define.ts";
import { ESTIMATORS } from "../../spread/estimators.ts";
import { SpreadSketch } from "../../spread/spread-sketch.ts";
import { countFiles } from "./count.ts";
import { type FileTally, fileTallySchema } from "./file.ts";
import { countingRuleSchema } from "./rule.ts";

/** SpreadSketch.toBytes; undefined where there were no contacts. */
const state = z.custom<Uint8Array>((value) => value instanceof Uint8Array).optional();

/** The sketch of one file without windows. It throws InputError. */
export const sketchFile = defineTrial(import.meta.url, "sketch", {
  parameters: z.strictObject({ file: z.string(), rule: countingRuleSchema }),
  result: z.object({ tally: fileTallySchema, contacts: z.number(), state }),
  run: async ({ file, rule }) => {
    let bytes: Uint8Array | undefined;
    let counted = 0;
    const [told] = await countFiles([file], rule, {
      onClose: ({ sketch, contacts }) => {
        bytes = sketch.toBytes();
        counted = contacts;
      },
    });
    return { tally: told, contacts: counted, state: bytes };
  },
});

/** The sketches of several files, merged in their order. */
export const mergeFiles = defineMerge(import.meta.url, "merge", {
  parameters: z.strictObject({ estimator: z.enum(ESTIMATORS) }),
  part: sketchFile.result,
  result: z.object({ tallies: z.array(fileTallySchema), contacts: z.number(), state }),
  run: async ({ estimator }, parts) => {
    const tallies: FileTally[] = [];
    let contacts = 0;
    let total: SpreadSketch | undefined;
    for await (const part of parts) {
      tallies.push(part.tally);
      if (part.state === undefined) continue;
      contacts += part.contacts;
      const sketch = SpreadSketch.fromBytes(part.state, { estimator });
      if (total === undefined) total = sketch;
      else total.merge(sketch);
    }
    return { tallies, contacts, state: total?.toBytes() };
  },
});
