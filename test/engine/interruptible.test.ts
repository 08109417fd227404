import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const module = new URL("../../dist/engine/interruptible.js", import.meta.url).href;

/** What a process prints and how it ends. */
function outcomeOf(script: string) {
  const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  return { stdout, status };
}

const PRELUDE = `
import { interruptible } from ${JSON.stringify(module)};
const stop = new AbortController();
process.on("SIGINT", () => stop.abort(new Error("stopped")));
const told = (error) => console.log(error.message);
`;

describe("work that Ctrl-C breaks off", () => {
  it("is not begun where Ctrl-C came while the process was busy", () => {
    const script = `${PRELUDE}
      process.kill(process.pid, "SIGINT"); // its listener is told of it in the next turn of the loop
      await interruptible(() => console.log("begun"), stop.signal).catch(told);`;
    expect(outcomeOf(script)).toEqual({ stdout: "stopped\n", status: 0 });
  });

  it("ends though it computes without a pause, and the listener hears of it", () => {
    const script = `${PRELUDE}
      const { spawn } = await import("node:child_process");
      spawn("sh", ["-c", "sleep 0.3; kill -INT " + process.pid], { stdio: "ignore" });
      await interruptible(() => { for (;;); }, stop.signal).catch((error) => console.log(error.code));
      console.log(stop.signal.reason.message);`;
    expect(outcomeOf(script)).toEqual({ stdout: "ERR_SCRIPT_EXECUTION_INTERRUPTED\nstopped\n", status: 0 });
  });

  it("gives what it gives, or what it awaits", async () => {
    const script = `${PRELUDE}
      console.log(await interruptible(() => 1, stop.signal), await interruptible(async () => 2, undefined));`;
    expect(outcomeOf(script)).toEqual({ stdout: "1 2\n", status: 0 });
  });
});
