/** What traceroute files hold, once read. */

export interface Traceroute {
  readonly source: string;
  readonly destination: string;
  /** Routers between source and destination; null is one that did not answer. No name stands twice. */
  readonly hops: readonly (string | null)[];
  /** Whether the destination was reached; if not, the last hop is the last that answered. */
  readonly complete: boolean;
  /** Seconds since 1970; NaN where the file does not tell. */
  readonly time: number;
}

/** What was read so far; filled in while batches are consumed. */
export interface TracerouteTally {
  /** As the table of formats names it. */
  readonly format: string;
  traces: number;
  /** Traces that reached their destination. */
  complete: number;
  /** Hops as the file has them. */
  hops: number;
  /** Those of them that no reply came to. */
  silentHops: number;
  /** Those that only late replies to earlier probes came to (RIPE Atlas): taken as silent. */
  lateHops: number;
  /** Traces cut because a router came up again behind others: what follows is no route; they count as incomplete. */
  loops: number;
  /** Hops with the router of the hop before: one router answers twice, or its interfaces are aliases. */
  repeatedHops: number;
  /** Records that are no traceroutes, or have no addresses. */
  skipped: number;
  readonly warnings: string[];
}

export interface TracerouteReader {
  readonly tally: TracerouteTally;
  /** Can be consumed once. */
  readonly batches: AsyncGenerator<readonly Traceroute[]>;
}

/** A trace as a format has it, before its addresses are named and its loops cut. */
export interface GivenTrace {
  readonly source: string;
  readonly destination: string;
  /** By hop; null is silent. May hold the destination, source and repetitions. */
  readonly hops: readonly (string | null)[];
  /** How many silent hops only late replies came to. */
  readonly late?: number | undefined;
  /** Whether the format tells that the destination was reached, even if no hop is it. */
  readonly reached: boolean;
  readonly time: number;
  /** Whose private addresses those before the first public one are; undefined: private addresses mean the same everywhere. */
  readonly site: string | undefined;
}
