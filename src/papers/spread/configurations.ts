import type { SketchSettings } from "./sketch.ts";

/** An estimator with its parameters, and how tables name it. */
export interface Configuration {
  /** In task keys and seeds. */
  readonly id: string;
  /** In tables and legends. */
  readonly name: string;
  readonly sketch: SketchSettings;
}

/** The column of Table 1 a configuration stands in. */
export interface PublishedConfiguration extends Configuration {
  readonly column: string;
}

export const CSE_256 = {
  id: "cse-256",
  name: "CSE-256",
  column: "A CSE-256",
  sketch: { estimator: "cse", virtualBits: 256 },
} as const satisfies PublishedConfiguration;

export const CSE_1024 = {
  id: "cse-1024",
  name: "CSE-1024",
  column: "B CSE-1024",
  sketch: { estimator: "cse", virtualBits: 1024 },
} as const satisfies PublishedConfiguration;

/** Algorithm 3 as we read it, with the missing division by p mended. */
export const MCSE_CANDIDATE = {
  id: "mcse-256-3-candidate",
  name: "MCSE-256/3",
  column: "C MCSE-256/3",
  sketch: { estimator: "mcse", virtualBits: 256, segments: 3, decoder: "candidate" },
} as const satisfies PublishedConfiguration;

export const CSES_256 = {
  id: "cses-256-.25",
  name: "CSES-256/.25",
  column: "D CSES-256/.25",
  sketch: { estimator: "cses", virtualBits: 256, sampling: 0.25 },
} as const satisfies PublishedConfiguration;

/** Ours: one maximum of the likelihood over all segments. */
export const MCSE_JOINT = {
  id: "mcse-256-3-joint",
  name: "MCSE-256/3 joint",
  sketch: { estimator: "mcse", virtualBits: 256, segments: 3, decoder: "joint" },
} as const satisfies Configuration;

export const CSE_4096 = {
  id: "cse-4096",
  name: "CSE-4096",
  sketch: { estimator: "cse", virtualBits: 4096 },
} as const satisfies Configuration;

export const VHLL_128 = {
  id: "vhll-128",
  name: "vHLL-128",
  sketch: { estimator: "vhll", virtualBits: 128 },
} as const satisfies Configuration;

export const VHLL_512 = {
  id: "vhll-512",
  name: "vHLL-512",
  sketch: { estimator: "vhll", virtualBits: 512 },
} as const satisfies Configuration;

export const RSKT2_64 = {
  id: "rskt2-64",
  name: "rSkt2-64",
  sketch: { estimator: "rskt2", virtualBits: 64 },
} as const satisfies Configuration;

/** Table 1's columns. */
export const PUBLISHED: readonly PublishedConfiguration[] = [CSE_256, CSE_1024, MCSE_CANDIDATE, CSES_256];

/** What Table 1 has not. */
export const OWN: readonly Configuration[] = [MCSE_JOINT, CSE_4096, VHLL_128, VHLL_512, RSKT2_64];
