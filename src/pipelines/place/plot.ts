/** A network with its monitors, as one self-contained SVG document. */

import type { Topology } from "../../network/topology.ts";
import { methodRow } from "../../placement/methods.ts";
import type { Placement } from "../../placement/placement.ts";
import { FONT, GREY } from "../../report/figure/style.ts";
import { baseName } from "../../text/file-name.ts";
import { escapeMarkup } from "../../text/markup.ts";
import { percent } from "../../text/numbers.ts";
import type { Asked } from "./asked.ts";
import { type Layout, layOut } from "./layout.ts";

const WIDTH = 960;
const HEAD = 64;
const EDGE = 48;
const LEAST_HEIGHT = 360;
const MOST_HEIGHT = 960;
/** Networks of more nodes have names at monitors only, and smaller nodes. */
const NAMED = 60;
const COLORS = { monitor: "#d55e00", placed: "#0072b2", node: "#9a9a9a", link: "#c4c4c4" } as const;

/** Monitors are numbered in the order they were chosen, so that no reader needs colour; names show on hover. */
export function plotNetwork(network: Asked, placement: Placement, file: string): string {
  const { topology, names } = network;
  const layout = layOut(topology, network.coordinates);
  const { x, y, height } = toPage(layout);
  const order = new Map(placement.monitors.map(({ node }, i) => [node, String(i + 1)]));
  for (const node of placement.placed) order.set(node, "P");
  const count = placement.monitors.length + placement.placed.length;
  const title = `${count} ${count === 1 ? "monitor observes" : "monitors observe"} ${percent(placement.observed, 1)} of the traffic`;
  const how = layout.from === "file" ? "places from the file" : "places by forces";
  const few = topology.names.length <= NAMED;
  const { ordered } = methodRow(placement.method);
  const label = (node: number): string => escapeMarkup(names.labels[node]);
  const radius = few ? 4 : topology.names.length <= 400 ? 2.5 : 1.5;
  const plain = topology.names.flatMap((_, node) => {
    if (order.has(node)) return [];
    return [
      `<circle cx="${x[node]}" cy="${y[node]}" r="${radius}" fill="${COLORS.node}"><title>${label(node)}</title></circle>`,
    ];
  });
  const monitors = [...order].map(([node, text]) => {
    const color = text === "P" ? COLORS.placed : COLORS.monitor;
    return [
      `<circle cx="${x[node]}" cy="${y[node]}" r="10" fill="${color}" stroke="white" stroke-width="1.5"><title>${label(node)}</title></circle>`,
      `<text x="${x[node]}" y="${round(y[node] + 4)}" font-size="11" font-weight="bold" fill="white" text-anchor="middle">${text}</text>`,
    ].join("");
  });
  const shown = few ? topology.names.map((_, node) => node) : [...order.keys()];
  const first = [...order.keys(), ...shown.filter((node) => !order.has(node))];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeMarkup(`${title}: ${[...order.keys()].map((node) => names.labels[node]).join(", ")}`)}" font-family="${FONT}">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    `<text x="16" y="27" font-size="16" font-weight="bold">${title}</text>`,
    `<text x="16" y="46" font-size="12" fill="${GREY}">${escapeMarkup(baseName(file))}: ${placement.nodes} nodes, ${placement.edges} edges; ${placement.method}, ${ordered ? "in the order chosen" : "numbered in the order of the file"}${placement.placed.length > 0 ? " (P: placed before)" : ""}; ${how}</text>`,
    `<path d="${links(topology, x, y)}" fill="none" stroke="${COLORS.link}" stroke-width="${few ? 1.2 : 0.6}"/>`,
    ...plain,
    ...monitors,
    ...placeLabels(first, (node) => names.labels[node], order, { x, y, height }),
    "</svg>\n",
  ].join("\n");
}

interface Page {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly height: number;
}

function toPage({ x, y }: Layout): Page {
  const [left, right, top, bottom] = [least(x), most(x), least(y), most(y)];
  const [across, down] = [right - left || 1, bottom - top || 1];
  const room = WIDTH - 2 * EDGE;
  const wanted = (room * down) / across + HEAD + 2 * EDGE;
  const height = Math.round(Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, wanted)));
  const scale = Math.min(room / across, (height - HEAD - 2 * EDGE) / down);
  const [atX, atY] = [WIDTH / 2 - (scale * (left + right)) / 2, (HEAD + height) / 2 - (scale * (top + bottom)) / 2];
  return { x: x.map((value) => round(atX + scale * value)), y: y.map((value) => round(atY + scale * value)), height };
}

function least(values: Float64Array): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function links({ names, offsets, neighbours }: Topology, x: Float64Array, y: Float64Array): string {
  return names
    .flatMap((_, node) =>
      Array.from(neighbours.subarray(offsets[node], offsets[node + 1]))
        .filter((next) => next > node)
        .map((next) => `M${x[node]} ${y[node]}L${x[next]} ${y[next]}`),
    )
    .join("");
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const LINE = 13;

/** Names beside their nodes where there is room; a monitor's always, another's only if it hides nothing. */
function placeLabels(
  nodes: readonly number[],
  labelOf: (node: number) => string,
  order: ReadonlyMap<number, string>,
  { x, y, height }: Page,
): string[] {
  const taken: Box[] = [...order.keys()].map((node) => ({ x: x[node] - 10, y: y[node], width: 20 }));
  return nodes.flatMap((node) => {
    const monitor = order.has(node);
    const full = labelOf(node);
    const text = full.length > 28 ? `${full.slice(0, 27)}…` : full;
    const width = text.length * (monitor ? 6.9 : 5.6);
    const gap = monitor ? 14 : 7;
    const places: readonly Box[] = [
      { x: x[node] + gap, y: y[node], width },
      { x: x[node] - gap - width, y: y[node], width },
      { x: x[node] - width / 2, y: y[node] - gap - 4, width },
      { x: x[node] - width / 2, y: y[node] + gap + 6, width },
    ];
    const free = places.find((box) => inside(box, height) && taken.every((other) => apart(box, other)));
    const box = free ?? (monitor ? (places.find((each) => inside(each, height)) ?? places[0]) : undefined);
    if (box === undefined) return [];
    taken.push(box);
    const look = monitor ? `font-size="12" font-weight="bold"` : `font-size="10" fill="${GREY}"`;
    // A white rim keeps names readable over links.
    return `<text x="${round(box.x)}" y="${round(box.y + 4)}" ${look} stroke="white" stroke-width="3" paint-order="stroke">${escapeMarkup(text)}</text>`;
  });
}

function inside(box: Box, height: number): boolean {
  return box.x >= 4 && box.x + box.width <= WIDTH - 4 && box.y >= HEAD && box.y <= height - 6;
}

function apart(a: Box, b: Box): boolean {
  return a.x + a.width < b.x || b.x + b.width < a.x || Math.abs(a.y - b.y) >= LINE;
}
