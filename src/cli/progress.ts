import cliProgress from "cli-progress";
import type { Output } from "./context.ts";

/** Tells how far a run is, on standard error. */
export interface Reporter {
  /** A part of the run (an experiment) has come so far; its first word and done = total begin and end it. */
  update(part: string, done: number, total: number): void;
  note(text: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a line at the start and end of each part and every 10 s. @param unit "trials" */
export function createReporter(stderr: Output, unit: string): Reporter {
  return stderr.isTTY === true ? barReporter(stderr, unit) : lineReporter(stderr, unit);
}

const LINE_EVERY_MS = 10_000;

function lineReporter(stderr: Output, unit: string): Reporter {
  let current = "";
  let begun = 0;
  let last = 0;
  return {
    update: (part, done, total) => {
      const now = performance.now();
      const begins = part !== current;
      if (begins) {
        begun = now;
        current = part;
      }
      if (!begins && done < total && now - last < LINE_EVERY_MS) return;
      last = now;
      const seconds = done > 0 && !begins ? `, ${((now - begun) / 1000).toFixed(1)} s` : "";
      stderr.write(`${part}: ${done} of ${total} ${unit}${seconds}\n`);
    },
    note: (text) => stderr.write(`note: ${text}\n`),
    stop: () => {},
  };
}

function barReporter(stderr: Output, unit: string): Reporter {
  let current = "";
  let bar: cliProgress.SingleBar | undefined;
  const end = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    update: (part, done, total) => {
      if (part !== current) {
        end();
        current = part;
        bar = new cliProgress.SingleBar({
          format: `${part} {bar} {value} of {total} ${unit}, {eta_formatted} left`,
          stream: process.stderr,
          clearOnComplete: true,
          hideCursor: true,
          barsize: 30,
        });
        bar.start(total, done);
      }
      bar?.update(done);
      if (done >= total) end();
    },
    note: (text) => stderr.write(`\r\u001b[Knote: ${text}\n`),
    stop: end,
  };
}
