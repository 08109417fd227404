import { answer, type Call, type Reply } from "./call.ts";
import { collectGarbage } from "./collect-garbage.ts";

/** What a Piscina thread runs. It lets go of the inputs of its call before the next. */
export default async function work(call: Call): Promise<Reply> {
  if (holdsInputs) collectGarbage();
  holdsInputs = call.kind === "input" || Object.keys(call.inputs).length > 0;
  return answer(call);
}

let holdsInputs = false;
