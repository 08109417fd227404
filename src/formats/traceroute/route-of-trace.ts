/** Makes a route of a trace: names its routers, ends it at the destination, cuts loops. */
import { canonicalName, isPrivateAddress } from "./router-name.ts";
import type { GivenTrace, Traceroute, TracerouteTally } from "./traceroute.ts";

/**
 * The route of a trace. It ends where the destination first answers. A router that comes up again right away counts once;
 * one that comes up again behind others is a loop: the route is cut before it, and incomplete.
 *
 * Private addresses before the first public one are those of the site, and so get its name: 192.168.0.1 of two homes is not
 * one router.
 */
export function routeOf(
  trace: GivenTrace,
  aliases: ReadonlyMap<string, string> | undefined,
  tally: TracerouteTally,
): Traceroute {
  const { site } = trace;
  let local = site !== undefined;
  const nameOf = (address: string): string => {
    const canonical = canonicalName(address);
    const isPrivate = site !== undefined && isPrivateAddress(canonical);
    local &&= isPrivate;
    return aliases?.get(canonical) ?? (local ? `${canonical} (${site})` : canonical);
  };
  const source = nameOf(trace.source);
  const destination = aliases?.get(canonicalName(trace.destination)) ?? canonicalName(trace.destination);
  // A public source does not make the addresses behind it public.
  local = site !== undefined;
  const hops: (string | null)[] = [];
  const seen = new Set([source]);
  let last: string | null = source;
  let reached = trace.reached;
  let looped = false;
  for (const hop of trace.hops) {
    const name: string | null = hop === null ? null : nameOf(hop);
    if (name === destination) {
      reached = true;
      break;
    }
    if (name !== null && name === last) {
      tally.repeatedHops++;
      continue;
    }
    if (name !== null && seen.has(name)) {
      looped = true;
      break;
    }
    hops.push(name);
    last = name;
    if (name !== null) seen.add(name);
  }
  const complete = reached && !looped;
  if (!complete) while (hops.at(-1) === null) hops.pop();
  tally.traces++;
  tally.hops += trace.hops.length;
  const late = trace.late ?? 0;
  tally.silentHops += trace.hops.reduce((sum, hop) => sum + (hop === null ? 1 : 0), -late);
  tally.lateHops += late;
  if (complete) tally.complete++;
  if (looped) tally.loops++;
  return { source, destination, hops, complete, time: trace.time };
}
