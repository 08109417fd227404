import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A native program that answers each command line with "<nanoseconds> <checksum>". */
export interface Native {
  run(command: string): Promise<number>;
  stop(): void;
}

/** Compiles bench/native/<name>.c and starts it; undefined where there is no C compiler. */
export function startNative(name: string, flags: readonly string[] = ["-O3", "-march=native"]): Native | undefined {
  const program = compile(name, flags);
  if (program === undefined) return undefined;
  const child: ChildProcessWithoutNullStreams = spawn(program, [], { stdio: "pipe" });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    run: async (command) => {
      child.stdin.write(`${command}\n`);
      const answer = await answers.next();
      if (answer.done) throw new Error(`the native program ended at "${command}"`);
      return Number(answer.value.split(" ")[0]);
    },
    stop: () => child.kill(),
  };
}

function compile(name: string, flags: readonly string[]): string | undefined {
  const program = join(mkdtempSync(join(tmpdir(), "netvantage-bench-")), name);
  // Compiled code lies in dist/bench, two levels below the project like bench/native is one below.
  const source = fileURLToPath(new URL(`../../bench/native/${name}.c`, import.meta.url));
  for (const compiler of ["gcc", "clang", "cc"]) {
    try {
      execFileSync(compiler, [...flags, "-o", program, source, "-lm"], { stdio: "ignore" });
      return program;
    } catch {
      // The next one may be there.
    }
  }
  return undefined;
}
