/** What files tell of a node, and where its place is in that. */

import { parseNumber } from "../../text/parse-number.ts";
import type { NetworkBuilder } from "./network-builder.ts";

export type Value = string | number | boolean;
export type Attributes = Record<string, Value>;

/** Gives a node its attributes, its label (`label`, else `name`) and its place. */
export function describeNode(builder: NetworkBuilder, node: number, attributes: Attributes): void {
  builder.setAttributes(node, attributes);
  const label = Object.hasOwn(attributes, "label") ? attributes.label : attributes.name;
  builder.setLabel(node, label === undefined ? "" : String(label));
  placeNode(builder, node, attributes);
}

/** The usual attributes for places: Longitude and Latitude (or lon and lat), x and y; any case. */
function placeNode(builder: NetworkBuilder, node: number, attributes: Attributes): void {
  const lower = new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value]));
  const numberOf = (...names: string[]) => {
    const value = names.map((name) => lower.get(name)).find((found) => found !== undefined);
    return typeof value === "string" ? parseNumber(value) : typeof value === "number" ? value : Number.NaN;
  };
  builder.setPosition(node, numberOf("longitude", "lon", "lng"), numberOf("latitude", "lat"), "geographic");
  builder.setPosition(node, numberOf("x", "graphics.x"), numberOf("y", "graphics.y"), "plane");
}

/** Also for names such as `__proto__`, which a plain assignment would not make a property. */
export function setOwn(attributes: Attributes, name: string, value: Value): void {
  Object.defineProperty(attributes, name, { value, enumerable: true, writable: true, configurable: true });
}
