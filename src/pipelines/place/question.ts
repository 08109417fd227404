/** From what the command line says to what the placement room takes. */
import { z } from "zod";
import { openFile } from "../../files/open-file.ts";
import type { Demand } from "../../formats/topology/network-file.ts";
import { openDemands } from "../../formats/topology/sndlib.ts";
import type { Ends } from "../../placement/access.ts";
import { resolveEnds } from "../../placement/access.ts";
import { isRouteMethod, METHODS, ROUTE_METHODS } from "../../placement/methods.ts";
import type { PlacementOptions } from "../../placement/placement.ts";
import { PlacementError } from "../../placement/placement-error.ts";
import type { Routes } from "../../placement/routes.ts";
import { readCosts, readDemands, readRates } from "./amounts.ts";
import type { LoadedNetwork } from "./network.ts";

export const placementRequestSchema = z.strictObject({
  method: z.enum(METHODS).optional(),
  monitors: z.number().optional(),
  coverage: z.number().optional(),
  budget: z.number().optional(),
  /** `all`, `degree-1`, `attribute=value` or a list of nodes. */
  access: z.string().optional(),
  /** Lists of nodes. */
  forbid: z.string().optional(),
  placed: z.string().optional(),
  /** Files. */
  rates: z.string().optional(),
  costs: z.string().optional(),
  /** A file, or `none`: those of the network's own file are not used. */
  demands: z.string().optional(),
  nodeBudget: z.number().optional(),
  /** Seconds. */
  timeLimit: z.number().optional(),
  epsilon: z.number().optional(),
  seed: z.number().optional(),
});

export type PlacementRequest = Readonly<z.infer<typeof placementRequestSchema>>;

export interface Question {
  readonly options: PlacementOptions;
  /** With rates, if any are given. */
  readonly routes: Routes | undefined;
  /** Costs per node as the file writes them; undefined: it does not tell. */
  readonly costTexts: readonly (string | undefined)[] | undefined;
  readonly traffic: string;
  readonly notes: readonly string[];
}

/** @throws RangeError and PlacementError for options that do not fit; InputError for files */
export async function questionOf(network: LoadedNetwork, request: PlacementRequest): Promise<Question> {
  const { names, topology, routes } = network;
  if (routes !== undefined) requireRoutes(request, routes);
  const access = routes === undefined ? accessOf(network, request.access) : Array.from(routes.access);
  const ends: Ends =
    routes === undefined ? resolveEnds(topology, access) : { access: routes.access, candidates: routes.candidates };
  const { amounts, traffic, notes } = await trafficOf(network, request, ends.access);
  const costs = request.costs === undefined ? undefined : await readCosts(request.costs, names);
  const forbidden = request.forbid === undefined ? [] : names.parseList(request.forbid, "--forbid");
  const placed = request.placed === undefined ? [] : names.parseList(request.placed, "--placed");
  const both = forbidden.find((node) => placed.includes(node));
  if (both !== undefined) throw new RangeError(`--forbid and --placed: ${names.labels[both]} is in both`);
  const options: PlacementOptions = {
    method: request.method,
    monitors: request.monitors,
    coverage: request.coverage,
    budget: request.budget,
    costs: costs?.values,
    forbidden,
    placed,
    nodeBudget: request.nodeBudget,
    timeLimit: request.timeLimit,
    epsilon: request.epsilon,
    seed: request.seed,
    access,
    ...amounts,
  };
  const weighed = routes === undefined ? undefined : withRates(routes, amounts);
  return { options, routes: weighed, costTexts: costs?.texts, traffic, notes };
}

function requireRoutes({ access, method }: PlacementRequest, { candidates }: Routes): void {
  if (access !== undefined) throw new RangeError("--access: with --routes, the ends of routes are the access nodes");
  if (method !== undefined && !isRouteMethod(method)) {
    throw new RangeError(`--method ${method}: with --routes there are ${ROUTE_METHODS.join(", ")}`);
  }
  if (candidates.length === 0)
    throw new PlacementError("no relay lies on any route, so that there is none for a monitor");
}

/** A list wins over `attribute=value`: names may hold an equals sign. */
function accessOf({ names, attributes }: LoadedNetwork, text = "all"): "all" | "degree-1" | number[] {
  if (text === "all" || text === "degree-1") return text;
  const equals = text.indexOf("=");
  if (equals > 0 && !names.isList(text)) {
    const [attribute, value] = [text.slice(0, equals), text.slice(equals + 1)];
    const found = attributes.flatMap((each, node) =>
      Object.hasOwn(each, attribute) && String(each[attribute]) === value ? [node] : [],
    );
    if (found.length > 0) return found;
    const known = [...new Set(attributes.flatMap((each) => Object.keys(each)))];
    const rest = known.includes(attribute)
      ? `no node has that value`
      : `no such attribute, there are ${known.join(", ") || "none"}`;
    throw new RangeError(`--access ${text}: ${rest}`);
  }
  return names.parseList(text, "--access");
}

interface GivenTraffic {
  readonly amounts: Pick<PlacementOptions, "rates" | "traffic">;
  readonly traffic: string;
  readonly notes: readonly string[];
}

async function trafficOf(
  network: LoadedNetwork,
  request: PlacementRequest,
  access: Uint32Array,
): Promise<GivenTraffic> {
  const { names, demands } = network;
  if (request.rates !== undefined && request.demands !== undefined) {
    throw new RangeError("--rates and --demands: expected one of them");
  }
  if (request.rates !== undefined) {
    return { amounts: { rates: await readRates(request.rates, names, access) }, traffic: request.rates, notes: [] };
  }
  if (request.demands !== undefined && request.demands !== "none") {
    if (await isXml(request.demands)) {
      const { topology } = network;
      const matrix = await openDemands(openFile(request.demands), { name: request.demands, topology });
      const given = matrixOf(matrix.demands, access, request.demands);
      return { ...given, notes: [...matrix.notes, ...given.notes] };
    }
    const traffic = await readDemands(request.demands, names, access);
    return { amounts: { traffic }, traffic: request.demands, notes: [] };
  }
  if (demands === undefined || request.demands === "none") return { amounts: {}, traffic: "equal rates", notes: [] };
  return matrixOf(demands, access, "the file's demands");
}

/** Whether a file is XML, as SNDlib's demand matrices are; standard input, read once, is not asked. */
async function isXml(file: string): Promise<boolean> {
  if (file === "-") return false;
  for await (const chunk of openFile(file))
    return /^\ufeff?\s*</.test(new TextDecoder().decode(chunk.subarray(0, 256)));
  return false;
}

/** Demands between nodes as rates between access nodes; those of one pair add up. */
function matrixOf(demands: readonly Demand[], access: Uint32Array, name: string): GivenTraffic {
  const places = new Map(Array.from(access, (node, place) => [node, place]));
  const traffic = new Float64Array(access.length ** 2);
  let outside = 0;
  for (const { source, target, value } of demands) {
    const [from, to] = [places.get(source), places.get(target)];
    if (from === undefined || to === undefined) outside++;
    else if (from !== to) traffic[from * access.length + to] += value;
  }
  return {
    amounts: { traffic },
    traffic: name,
    notes: outside > 0 ? [`${outside} demands end at no access node and are left out`] : [],
  };
}

/** Routes with their pairs' rates: r(x,*) / (A - 1), or r(x,y). */
function withRates(routes: Routes, { rates, traffic }: Pick<PlacementOptions, "rates" | "traffic">): Routes {
  if (rates === undefined && traffic === undefined) return routes;
  const { access, offsets, nodes } = routes;
  const places = new Map(Array.from(access, (node, place) => [node, place]));
  const each = Float64Array.from({ length: offsets.length - 1 }, (_, route) => {
    const source = places.get(nodes[offsets[route]]) ?? 0;
    const target = places.get(nodes[offsets[route + 1] - 1]) ?? 0;
    if (traffic !== undefined) return traffic[source * access.length + target];
    return rates === undefined ? 1 : rates[source] / (access.length - 1);
  });
  return { ...routes, rates: each };
}
