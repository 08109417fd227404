/**
 * A network and what is asked of it, as the tasks of one run share them: arrays that every thread reads in place, and the rest
 * as text, which only who needs it takes apart.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { defineInput } from "../../engine/define.ts";
import type { Coordinates } from "../../formats/topology/network-file.ts";
import type { Topology } from "../../network/topology.ts";
import { METHODS } from "../../placement/methods.ts";
import type { Routes } from "../../placement/routes.ts";
import { type LoadedNetwork, loadNetwork, networkRequestSchema } from "./network.ts";
import { NodeNames } from "./nodes.ts";
import { placementRequestSchema, type Question, questionOf } from "./question.ts";

/** What is asked for: files and options, as JSON. */
const requestSchema = z.strictObject({ network: networkRequestSchema, placement: placementRequestSchema });
export type Request = Readonly<z.infer<typeof requestSchema>>;

const listSchema = z.array(z.number());

/** What no kernel reads. */
const textSchema = z.strictObject({
  format: z.string(),
  names: z.array(z.string()),
  labels: z.array(z.string()),
  coordinates: z.enum(["geographic", "plane"]).optional(),
  notes: z.array(z.string()),
  questionNotes: z.array(z.string()),
  costTexts: z.array(z.string().nullable()).optional(),
  traffic: z.string(),
  method: z.enum(METHODS).optional(),
  monitors: z.number().optional(),
  coverage: z.number().optional(),
  budget: z.number().optional(),
  forbidden: listSchema,
  placed: listSchema,
  nodeBudget: z.number().optional(),
  timeLimit: z.number().optional(),
  epsilon: z.number().optional(),
  seed: z.number().optional(),
  access: z.union([z.literal("all"), z.literal("degree-1"), listSchema]),
});

/** Null: there are none. */
export type AskedValue = {
  /** Tells networks and traffic apart, whatever instance of the arrays holds them. */
  readonly id: string;
  readonly offsets: Uint32Array;
  readonly neighbours: Uint32Array;
  readonly lengths: Float64Array | null;
  readonly rates: Float64Array | null;
  readonly demands: Float64Array | null;
  readonly costs: Float64Array | null;
  readonly x: Float64Array | null;
  readonly y: Float64Array | null;
  readonly routeAccess: Uint32Array | null;
  readonly routeCandidates: Uint32Array | null;
  readonly routeOffsets: Uint32Array | null;
  readonly routeNodes: Uint32Array | null;
  readonly routeRates: Float64Array | null;
  /** UTF-8 of textSchema's JSON. */
  readonly text: Uint8Array;
};

/** The network and the question of a request. It throws InputError, RangeError and PlacementError. */
export const askedInput = defineInput(import.meta.url, "asked", {
  parameters: z.strictObject({ request: z.string() }),
  make: async ({ request }): Promise<AskedValue> => {
    const { network, placement } = requestSchema.parse(JSON.parse(request));
    const loaded = await loadNetwork(network);
    return pack(loaded, await questionOf(loaded, placement));
  },
});

function pack(network: LoadedNetwork, { options, routes, costTexts, traffic, notes }: Question): AskedValue {
  const { topology, names, coordinates } = network;
  const { method, monitors, coverage, budget, forbidden = [], placed = [], access = "all" } = options;
  const { nodeBudget, timeLimit, epsilon, seed } = options;
  const text: z.input<typeof textSchema> = {
    format: network.format,
    names: [...names.names],
    labels: [...names.given],
    coordinates: coordinates?.kind,
    notes: [...network.notes],
    questionNotes: [...notes],
    costTexts: costTexts?.map((each) => each ?? null),
    traffic,
    ...{
      method,
      monitors,
      coverage,
      budget,
      nodeBudget,
      timeLimit,
      epsilon,
      seed: seed === undefined ? seed : Number(seed),
    },
    forbidden: [...forbidden],
    placed: [...placed],
    access: typeof access === "string" ? access : [...access],
  };
  const arrays = {
    offsets: topology.offsets,
    neighbours: topology.neighbours,
    lengths: topology.lengths ?? null,
    rates: doubles(options.rates),
    demands: doubles(options.traffic),
    costs: doubles(options.costs),
    x: coordinates?.x ?? null,
    y: coordinates?.y ?? null,
    routeAccess: routes?.access ?? null,
    routeCandidates: routes?.candidates ?? null,
    routeOffsets: routes?.offsets ?? null,
    routeNodes: routes?.nodes ?? null,
    routeRates: routes?.rates ?? null,
    text: new TextEncoder().encode(JSON.stringify(text)),
  };
  const hash = createHash("sha256");
  for (const array of Object.values(arrays)) hash.update(array === null ? "null" : array).update("|");
  return { id: hash.digest("hex"), ...arrays };
}

function doubles(values: ArrayLike<number> | undefined): Float64Array | null {
  return values === undefined ? null : Float64Array.from(values);
}

/** A network with what is asked of it. */
export interface Asked {
  readonly topology: Topology;
  readonly names: NodeNames;
  readonly coordinates: Coordinates | undefined;
  readonly format: string;
  readonly question: Question;
  readonly notes: readonly string[];
}

/** @throws ZodError where the text is none of pack's */
export function unpack(value: AskedValue): Asked {
  const { offsets, neighbours, lengths, x, y } = value;
  // A copy: shared memory is not decoded everywhere.
  const text = textSchema.parse(JSON.parse(new TextDecoder().decode(value.text.slice())));
  const { names, labels, coordinates, format, notes, questionNotes, costTexts, traffic, ...options } = text;
  const topology: Topology = { names, offsets, neighbours, lengths: lengths ?? undefined };
  return {
    topology,
    names: new NodeNames(names, labels),
    coordinates: coordinates && x !== null && y !== null ? { kind: coordinates, x, y } : undefined,
    format,
    question: {
      options: {
        ...options,
        rates: value.rates ?? undefined,
        traffic: value.demands ?? undefined,
        costs: value.costs ?? undefined,
      },
      routes: routesOf(value, names),
      costTexts: costTexts?.map((each) => each ?? undefined),
      traffic,
      notes: questionNotes,
    },
    notes: [...notes, ...questionNotes],
  };
}

function routesOf(value: AskedValue, names: readonly string[]): Routes | undefined {
  const { routeAccess: access, routeCandidates: candidates, routeOffsets: offsets, routeNodes: nodes } = value;
  if (access === null || candidates === null || offsets === null || nodes === null) return undefined;
  return { names, access, candidates, offsets, nodes, rates: value.routeRates ?? undefined };
}
