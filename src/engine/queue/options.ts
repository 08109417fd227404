/** A Redis on which tasks are put for workers. */
export interface QueueOptions {
  /** redis://[user:password@]host[:port][/database], or rediss:// for TLS. */
  readonly url: string;
  /** What went on that needs no action: Redis lost and found again, no worker there. */
  readonly onNote?: ((note: string) => void) | undefined;
  /** Default: the version of the code that runs here. */
  readonly version?: string | undefined;
}

/** The queue cannot be used. */
export class QueueError extends Error {
  override readonly name = "QueueError";
}

/** The URL without its password, for messages. @throws RangeError where it is none of a Redis. */
export function queueAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === "") {
    throw new RangeError(`${JSON.stringify(url)} is no address like redis://host:6379`);
  }
  return `${parsed.protocol}//${parsed.hostname}:${parsed.port || 6379}${parsed.pathname === "/" ? "" : parsed.pathname}`;
}
