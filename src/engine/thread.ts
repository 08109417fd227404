import { workerData } from "node:worker_threads";
import { isObject } from "../results/json.ts";
import { answer, type Call } from "./call.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { handOver } from "./hand-over.ts";
import { provideKernels } from "./kernels.ts";
import { type LastWords, sayLastWords } from "./last-words.ts";

provideKernels(isObject(workerData) ? workerData.kernels : undefined);

/**
 * What a Piscina thread runs. It lets go of the inputs of its call before the next, and ends the thread where
 * WebAssembly trapped, having said why.
 */
export default async function work({ lastWords, ...call }: Call & { readonly lastWords: LastWords }): Promise<unknown> {
  if (holdsInputs) collectGarbage();
  holdsInputs = call.kind === "input" || Object.keys(call.inputs).length > 0;
  const reply = await answer(call);
  if (!reply.ok && reply.trapped) {
    sayLastWords(lastWords, reply.error.kind === "other" ? reply.error.message : reply.error.what);
    process.exit(1);
  }
  return handOver(reply);
}

let holdsInputs = false;
