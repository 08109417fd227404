/** H(M), which joins two monitors that lie on a common route: they can talk to each other (Tang and Daniels, section V). */
import type { RouteIndex } from "./route-index.ts";

/** Per monitor, by places in `monitors`, its neighbours ascending. O(routes' nodes, and pairs of monitors on a route) */
export function monitorGraph(
  { routes, count }: RouteIndex,
  monitors: readonly number[],
): readonly (readonly number[])[] {
  const places = new Int32Array(routes.names.length).fill(-1);
  monitors.forEach((node, place) => {
    places[node] = place;
  });
  const neighbours = monitors.map(() => new Set<number>());
  for (let route = 0; route < count; route++) {
    const met: number[] = [];
    for (let at = routes.offsets[route]; at < routes.offsets[route + 1]; at++) {
      const place = places[routes.nodes[at]];
      if (place !== -1) met.push(place);
    }
    for (const a of met) for (const b of met) if (a !== b) neighbours[a].add(b);
  }
  return neighbours.map((set) => [...set].sort((a, b) => a - b));
}

/** How a pattern spreads. */
export interface Flood {
  /** Per monitor, the round in which it first gets the pattern, or -1; the start has it in round 0. */
  readonly rounds: Int32Array;
  /** Sent in all, repeats included. */
  readonly messages: number;
  /** The start's eccentricity: rounds until every monitor that is reached has the pattern. */
  readonly eccentricity: number;
}

/**
 * Floods a pattern from one monitor: on first receipt it goes on to all neighbours but the sender, repeats are ignored.
 * Of several senders in a round the lowest counts as the sender. O(links of H)
 */
export function flood(graph: readonly (readonly number[])[], start: number): Flood {
  const rounds = new Int32Array(graph.length).fill(-1);
  rounds[start] = 0;
  let messages = 0;
  let eccentricity = 0;
  const queue = [start];
  for (let i = 0; i < queue.length; i++) {
    const monitor = queue[i];
    messages += graph[monitor].length - (i === 0 ? 0 : 1);
    eccentricity = rounds[monitor];
    for (const next of graph[monitor]) {
      if (rounds[next] !== -1) continue;
      rounds[next] = rounds[monitor] + 1;
      queue.push(next);
    }
  }
  return { rounds, messages, eccentricity };
}
