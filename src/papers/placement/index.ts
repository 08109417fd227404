import type { Paper } from "../experiment.ts";
import { loadPublished } from "../published.ts";
import { asymmetry } from "./asymmetry.ts";
import { complexity } from "./complexity.ts";
import { fig3 } from "./fig3.ts";
import { fig6 } from "./fig6.ts";
import { fig7 } from "./fig7.ts";
import { traceback } from "./traceback-experiment.ts";
import { twoWay } from "./two-way.ts";
import { zoo } from "./zoo.ts";

/** Tang, Daniels: where to place monitors in a network of routers. */
export const placementPaper: Paper = {
  id: "placement",
  title: "On the Economic Placement of Monitors in Router Level Network Topologies",
  citation: loadPublished("placement").citation,
  experiments: [fig3, fig6, fig7, twoWay, asymmetry, traceback, complexity, zoo],
};
