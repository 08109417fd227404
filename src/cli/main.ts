#!/usr/bin/env node
import { papers } from "../papers/registry.ts";
import { EXIT } from "./errors.ts";
import { runProgram } from "./program.ts";

const interrupt = new AbortController();

process.on("SIGINT", () => {
  if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
  interrupt.abort();
});

// The reader of a pipe (`| head`) has gone: there is nobody left to tell.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? EXIT.done : EXIT.failed);
});

const { stdout, stderr, env, argv } = process;
process.exitCode = await runProgram(argv.slice(2), { stdout, stderr, env, signal: interrupt.signal }, papers);
