import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openFile } from "../../../src/files/open-file.ts";
import { readTraceroutes } from "../../../src/formats/traceroute/open-traceroutes.ts";
import { routesToNetwork } from "../../../src/formats/traceroute/routes-to-network.ts";
import { sharedPath } from "../../shared-data.ts";

const hasTraceroutes = existsSync(sharedPath("traceroutes"));
if (!hasTraceroutes) console.log("skipped: no traceroutes in ../shared/data (or NETVANTAGE_SHARED)");

const read = (file: string) => readTraceroutes(openFile(sharedPath("traceroutes", file)), { name: file });

describe.skipIf(!hasTraceroutes)("a shared traceroute file", () => {
  it("of RIPE Atlas has 741 traces of 14 probes, 762 of 6750 hops silent", async () => {
    const { routes, tally } = await read("RIPE-Atlas-measurement-57017289.json");
    expect(tally).toEqual({
      format: "ripe-atlas",
      traces: 741,
      complete: 741,
      hops: 6750,
      silentHops: 762,
      // Replies to the probes of hops before: the description counts them as answers.
      lateHops: 2,
      repeatedHops: 0,
      loops: 0,
      skipped: 0,
      warnings: [],
    });
    const sources = new Set(routes.map(({ source }) => source));
    // Two probes have the same private address.
    expect(sources.size).toBe(14);
    expect(new Set([...sources].map((source) => source.replace(/ .*/, ""))).size).toBe(13);
    expect(new Set(routes.map(({ destination }) => destination)).size).toBe(1);
    const network = routesToNetwork(routes);
    expect(network.routes).toHaveLength(14);
    expect(network.accessNodes).toHaveLength(15);
  });

  /** Name, traces, sources, destinations, addresses of hops (destinations that answered included). */
  it.each([
    ["Traceroute-ICMP-#12345678-0.0.0.0-20231108T134228.409798-000000001.hpct.gz", 36, 2, 9, undefined],
    ["Traceroute-ICMP-#12345678-0.0.0.0-20231113T114601.920490-000000001.hpct.xz", 477, 2, 9, 68],
    ["Traceroute-ICMP-#12345678-::-20231108T134229.533947-000000001.hpct.gz", 18, 1, 3, undefined],
    ["Traceroute-ICMP-#12345678-::-20231113T114602.350837-000000001.hpct.xz", 198, 1, 3, undefined],
  ])("%s has the traces of its description", async (file, traces, sources, destinations, addresses) => {
    const { routes, tally } = await read(file);
    expect(tally).toMatchObject({ format: "hipercontracer", traces, skipped: 0, loops: 0, warnings: [] });
    expect(new Set(routes.map(({ source }) => source)).size).toBe(sources);
    expect(new Set(routes.map(({ destination }) => destination)).size).toBe(destinations);
    if (addresses !== undefined) {
      const all = routes.flatMap(({ hops, destination }) => [...hops.filter((hop) => hop !== null), destination]);
      expect(new Set(all).size).toBe(addresses);
    }
    const complete = routesToNetwork(routes);
    const joined = routesToNetwork(routes, { incomplete: "join" });
    expect(joined.routes).toHaveLength(destinations);
    expect(complete.routes.length).toBeLessThanOrEqual(destinations);
  });
});
