import type { Random } from "../../numbers/random.ts";
import type { Routes } from "../../placement/routes.ts";
import { type Internetwork, routersBetween } from "./internetwork.ts";

/**
 * What traceroute shows between some hosts of an internetwork: one route per ordered pair, source by source. Nodes are the
 * hosts, in the order given, and then the relays in the order in which the routes meet them.
 * @param random for alternate interfaces: one draw a hop
 */
export function traceRoutes(network: Internetwork, hosts: readonly number[], random: Random): Routes {
  const names = hosts.map((host) => `host ${host}`);
  const relays = new Map<string, number>();
  const nodes: number[] = [];
  const offsets = [0];
  const relayOf = (name: string): number => {
    const known = relays.get(name);
    if (known !== undefined) return known;
    relays.set(name, names.length);
    return names.push(name) - 1;
  };
  for (const [source, from] of hosts.entries()) {
    for (const [target, to] of hosts.entries()) {
      if (source === target) continue;
      nodes.push(source);
      let previous = -1;
      for (const router of routersBetween(network, from, to)) {
        nodes.push(relayOf(hopName(network, from, previous, router, random)));
        previous = router;
      }
      nodes.push(target);
      offsets.push(nodes.length);
    }
  }
  return {
    names,
    access: Uint32Array.from(hosts, (_, i) => i),
    candidates: Uint32Array.from({ length: relays.size }, (_, i) => hosts.length + i),
    offsets: Uint32Array.from(offsets),
    nodes: Uint32Array.from(nodes),
    rates: undefined,
  };
}

/** The relay that a packet meets at a router: (previous router -> router, interface 0 or 1), or the router itself. */
function hopName(network: Internetwork, from: number, previous: number, router: number, random: Random): string {
  const { parameters } = network;
  if (parameters.relays === "routers") return `router ${router}`;
  const alternate = random() < alternateChance(network, previous, router) ? 1 : 0;
  return `${previous < 0 ? `host ${from}` : previous} > ${router} if ${alternate}`;
}

function alternateChance({ parameters, backbone, kinds }: Internetwork, previous: number, router: number): number {
  const inside = previous >= 0 && previous < backbone && router < backbone;
  return parameters.alternates[inside ? (kinds[previous * backbone + router] ?? "campus") : "campus"];
}
