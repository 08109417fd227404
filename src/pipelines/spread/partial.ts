import { z } from "zod";
import type { JsonObject } from "../../engine/task.ts";
import { countFiles } from "./count.ts";
import type { FileTally } from "./file.ts";
import { countingRuleSchema } from "./rule.ts";

/** One file without windows, as a worker hands it over. */
export interface PartialFile {
  readonly tally: FileTally;
  readonly contacts: number;
  /** SpreadSketch.toBytes; undefined where there were no contacts. */
  readonly state: Uint8Array | undefined;
}

const parametersSchema = z.strictObject({ file: z.string(), rule: countingRuleSchema });

/** The engine's task: the sketch of one file. @throws InputError */
export async function sketchFile(parameters: JsonObject): Promise<PartialFile> {
  const { file, rule } = parametersSchema.parse(parameters);
  let state: Uint8Array | undefined;
  let counted = 0;
  const [tally] = await countFiles([file], rule, {
    onClose: ({ sketch, contacts }) => {
      state = sketch.toBytes();
      counted = contacts;
    },
  });
  return { tally, contacts: counted, state };
}
