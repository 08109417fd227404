/** The diminishing returns of monitors: observed share against how many there are. */

import type { Compared } from "../../placement/compare.ts";
import { methodRow } from "../../placement/methods.ts";
import type { Placement } from "../../placement/placement.ts";
import type { FigureSpec, Series } from "../../report/figure/spec.ts";
import { baseName } from "../../text/file-name.ts";

/** One line per method: those compared that choose in an order, or the placement's alone. */
export function curveOf(placement: Placement, compared: readonly Compared[] | undefined, file: string): FigureSpec {
  const others = (compared ?? []).flatMap((each) => ("placement" in each ? [each.placement] : []));
  const ordered = others.filter(({ method }) => methodRow(method).ordered);
  const shown = ordered.length > 0 ? ordered : [placement];
  const twoWay = shown.length === 1 && placement.twoWay !== undefined ? [twoWayLine(placement)] : [];
  const most = Math.max(1, ...shown.map(({ monitors }) => monitors.length));
  return {
    title: "Traffic observed as monitors are added",
    subtitle: `${baseName(file)}: ${placement.nodes} nodes, ${placement.edges} edges, ${placement.accessNodes} access nodes`,
    x: { label: "monitors", scale: "linear", domain: [0, most] },
    y: { label: "observed", unit: "% of the rate", scale: "linear", domain: [0, 100] },
    series: [...shown.map(line), ...twoWay],
    references:
      placement.bound < 1 ? [{ kind: "horizontal", at: 100 * placement.bound, label: boundLabel(placement) }] : [],
  };
}

function boundLabel({ monitors, sampling }: Placement): string {
  const count = `${monitors.length} ${monitors.length === 1 ? "monitor" : "monitors"}`;
  return sampling !== undefined ? `about the most for ${count}` : `no ${count} observe more`;
}

function line({ method, monitors, placedObserved }: Placement): Series {
  return {
    name: method,
    mark: "line",
    x: [0, ...monitors.map((_, i) => i + 1)],
    y: [placedObserved, ...monitors.map(({ observed }) => observed)].map((share) => 100 * share),
  };
}

function twoWayLine({ monitors }: Placement): Series {
  return {
    name: "in both directions",
    mark: "line",
    x: monitors.map((_, i) => i + 1),
    y: monitors.map(({ twoWay = 0 }) => 100 * twoWay),
  };
}
