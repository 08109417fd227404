import { hiPerConTracer } from "./hipercontracer.ts";
import { plain } from "./plain-routes.ts";
import { ripeAtlas } from "./ripe-atlas.ts";
import { scamper } from "./scamper.ts";
import type { TracerouteFormat } from "./traceroute-format.ts";

/** The formats of traceroutes that can be read, in the order in which they are tried; plain is what no other is. */
export const TRACEROUTE_FORMATS: readonly TracerouteFormat[] = [ripeAtlas, scamper, hiPerConTracer, plain];
