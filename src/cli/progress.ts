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
  let say = () => {};
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearInterval(timer);
  return {
    update: (part, done, total) => {
      const begins = part !== current;
      if (begins) {
        begun = performance.now();
        current = part;
        stop();
        timer = setInterval(() => say(), LINE_EVERY_MS).unref();
      }
      say = () => {
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        stderr.write(`${part}: ${done} of ${total} ${unit}${begins ? "" : `, ${seconds} s`}\n`);
      };
      if (begins || done === total) say();
      if (done === total) stop();
    },
    note: (text) => stderr.write(`note: ${text}\n`),
    stop,
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
          stream: process.stderr, // the only terminal there is
          clearOnComplete: true,
          gracefulExit: false, // Ctrl-C is the process's to handle
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
