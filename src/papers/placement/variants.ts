import { z } from "zod";
import { AMP, type InternetworkParameters } from "./internetwork.ts";

/** The stand-in for AMP, and what the ablation of route asymmetry changes about it, step by step. */
export const VARIANTS = {
  amp: AMP,
  symmetric: { ...AMP, symmetricCosts: true },
  shared: { ...AMP, symmetricCosts: true, relays: "routers" },
  dense: { ...AMP, symmetricCosts: true, relays: "routers", chainLengths: [0] },
} as const satisfies { readonly [name: string]: InternetworkParameters };

export const VARIANT_NAMES = ["amp", "symmetric", "shared", "dense"] as const;
export type VariantName = (typeof VARIANT_NAMES)[number];
export const variantName = z.enum(VARIANT_NAMES);
