import type { Report } from "../define.ts";

/** Sends a job's reports one after the other. */
export interface ReportSender {
  /** One without values that has not left yet gives way to a later one. */
  send(report: Report): void;
  /** Resolves when all have left. */
  flush(): Promise<void>;
}

/** @param deliver its failures are passed over: whoever looks on sees one report less */
export function createReportSender(deliver: (report: Report) => Promise<unknown>): ReportSender {
  const waiting: Report[] = [];
  let sending: Promise<void> | undefined;

  async function drain(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await deliver(next).catch(() => {});
    sending = undefined;
  }

  return {
    send: (report) => {
      if (waiting.length > 0 && waiting[waiting.length - 1].values === undefined) waiting.pop();
      waiting.push(report);
      sending ??= drain();
    },
    flush: async () => sending,
  };
}
