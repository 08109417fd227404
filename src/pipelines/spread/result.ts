import { z } from "zod";
import { IdentityKind } from "../../formats/contacts/contact-batch.ts";
import { formatIdentity } from "../../formats/contacts/identity.ts";
import { ESTIMATORS } from "../../spread/estimators.ts";
import type { ExactSpread } from "../../spread/exact.ts";
import type { Spreader, SpreadSketch } from "../../spread/spread-sketch.ts";
import { fileTallySchema } from "./file.ts";
import type { PartyRule } from "./parties.ts";
import { KEYS, SIDES } from "./parties.ts";

/** Version of the JSON that `netvantage spread --json` prints. */
export const SPREAD_VERSION = 1;

/** JSON has no big integers: from 2^53 on a seed is a decimal string. */
export const seedSchema = z.union([z.number(), z.string()]);

/** A seed as JSON has it. */
export function jsonSeed(seed: bigint): z.infer<typeof seedSchema> {
  return seed < 2n ** 53n ? Number(seed) : String(seed);
}

/** JSON has no infinity: null. */
export function jsonNumber(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const spreaderSchema = z.strictObject({
  /** Address, prefix or text; of fan-in, the destination. */
  source: z.string(),
  /** With --key src-dst-port. */
  port: z.number().optional(),
  /** Distinct counterparts, estimated, at least 0. */
  estimate: z.number(),
  /** One standard error; null where the estimator has none. */
  standardError: z.number().nullable(),
  /** The estimate stands at the range limit: the true spread may be any larger number. */
  saturated: z.boolean(),
  /** With --exact. */
  exact: z.number().optional(),
});

const countsSchema = {
  /** Packets or records with an address pair, repeats included. */
  contacts: z.number(),
  /** -ln of the zero fraction of the fullest segment; null when full. */
  load: z.number().nullable(),
  /** With --exact. */
  distinctContacts: z.number().optional(),
  sources: z.number().optional(),
  /** With --exact: true top spreaders that the list lacks (ties at its end do not count). */
  missed: z.number().optional(),
  spreaders: z.array(spreaderSchema),
};

const windowSchema = z.strictObject({
  /** ISO 8601. */
  start: z.string(),
  seconds: z.number(),
  ...countsSchema,
});

/** What `netvantage spread --json` prints. */
export const spreadResultSchema = z.strictObject({
  version: z.literal(SPREAD_VERSION),
  /** Their warnings are among those of the whole. */
  files: z.array(fileTallySchema.omit({ warnings: true })),
  packets: z.number(),
  of: z.enum(SIDES),
  key: z.enum(KEYS),
  estimator: z.strictObject({
    name: z.enum(ESTIMATORS),
    memoryBits: z.number(),
    virtualBits: z.number(),
    segments: z.number(),
    sampling: z.number(),
    seed: seedSchema,
    rangeLimit: z.number().nullable(),
  }),
  /** Sketches and candidate tables held at a time. */
  memoryBytes: z.number(),
  candidates: z.number(),
  warnings: z.array(z.string()),
  ...countsSchema,
  windows: z.array(windowSchema).optional(),
});

export type SpreadResult = z.infer<typeof spreadResultSchema>;
export type WindowResult = z.infer<typeof windowSchema>;
export type SpreaderResult = z.infer<typeof spreaderSchema>;
export type Counts = Omit<WindowResult, "start" | "seconds">;

/** Which spreaders are listed. */
export interface Listing {
  readonly top: number;
  readonly minSpread: number;
}

/** What a sketch says of the contacts in it. O(candidates s g) */
export function countsOf(
  { sketch, contacts }: { readonly sketch: SpreadSketch; readonly contacts: number },
  exact: ExactSpread | undefined,
  rule: PartyRule,
  listing: Listing,
): Counts {
  const listed = sketch.top(listing.top).filter((each) => each.estimate >= listing.minSpread);
  const load = sketch.load;
  const counts = {
    contacts,
    load: jsonNumber(load),
    spreaders: listed.map((each) => describe(each, rule, exact)),
  };
  if (exact === undefined) return counts;
  return {
    ...counts,
    distinctContacts: exact.distinctContacts,
    sources: exact.sources,
    missed: missedBy(listed, exact, listing),
  };
}

function describe(spreader: Spreader, rule: PartyRule, exact: ExactSpread | undefined): SpreaderResult {
  return {
    source: labelOf(spreader, rule),
    ...(rule.key === "src-dst-port" && { port: spreader.port }),
    estimate: spreader.estimate,
    standardError: spreader.standardError ?? null,
    saturated: spreader.saturated,
    ...(exact !== undefined && { exact: exact.count(spreader.key) }),
  };
}

function labelOf({ identity, kind }: Spreader, { prefix }: PartyRule): string {
  if (kind === IdentityKind.ipv4) return formatIdentity(identity, 0, kind) + (prefix ? `/${prefix.ipv4}` : "");
  if (kind === IdentityKind.ipv6) return formatIdentity(identity, 0, kind) + (prefix ? `/${prefix.ipv6}` : "");
  return formatIdentity(identity, 0, IdentityKind.text);
}

/** How many of the truly largest spreaders are not listed, as many as were asked for; ties at the end count as listed. */
function missedBy(listed: readonly Spreader[], exact: ExactSpread, { top, minSpread }: Listing): number {
  const truth = exact.top(top).filter((each) => each.count >= minSpread);
  const last = truth.at(-1)?.count ?? 0;
  const keys = new Set(listed.map((each) => each.key));
  const certain = truth.filter((each) => each.count > last);
  const missing = certain.filter((each) => !keys.has(each.key)).length;
  const ties = listed.filter((each) => exact.count(each.key) === last).length;
  return missing + Math.max(0, truth.length - certain.length - ties);
}
